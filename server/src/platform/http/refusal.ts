/**
 * How an HTTP request is refused: a code from a closed list, a status, a text for people.
 * Anything else that goes wrong is a fault and answers `unavailable` without details.
 */
import { problemsOf } from '@odeon/rooms/protocol'

export interface RefusalSpec {
  status: number
  text: string
}

export interface RefusalExtra {
  /** What is wrong with which field, for forms. */
  fields?: Record<string, string>
  retryAfterMs?: number
  /** What one endpoint's own refusal tells beside its text. */
  about?: object
}

/** Refusals that the platform itself may answer with, on any endpoint. */
export const commonRefusals = {
  invalid: { status: 400, text: 'Some of the values are not valid.' },
  malformed_json: { status: 400, text: 'The body is not valid JSON.' },
  unauthenticated: { status: 401, text: 'Sign in first.' },
  not_allowed: { status: 403, text: 'You may not do that.' },
  account_required: { status: 403, text: 'Create an account to do that.' },
  origin_refused: { status: 403, text: 'This site may not use this server.' },
  not_found: { status: 404, text: 'There is nothing here.' },
  method_not_allowed: { status: 405, text: 'That method is not available here.' },
  body_timeout: { status: 408, text: 'The body took too long to arrive.' },
  too_large: { status: 413, text: 'The body is too large.' },
  unsupported_media_type: { status: 415, text: 'Send JSON with content-type application/json.' },
  rate_limited: { status: 429, text: 'Too many requests. Wait a moment.' },
  unavailable: { status: 500, text: 'Something went wrong on our side. Try again.' },
  busy: { status: 503, text: 'The server is very busy. Try again in a moment.' },
} as const satisfies Record<string, RefusalSpec>
export type CommonCode = keyof typeof commonRefusals

/** A "no" as a value, for services: `Account | Refused<'email_taken'>`. */
export class Refused<out C extends string> {
  readonly code: C
  readonly extra: RefusalExtra
  constructor(code: C, extra: RefusalExtra = {}) {
    this.code = code
    this.extra = extra
  }
}

/** A "no" on its way to the client. */
export class HttpRefusal extends Error {
  override name = 'HttpRefusal'
  readonly code: string
  readonly status: number
  readonly extra: RefusalExtra
  constructor(code: string, spec: RefusalSpec, extra: RefusalExtra = {}) {
    super(spec.text)
    this.code = code
    this.status = spec.status
    this.extra = extra
  }
}

export function commonRefusal(code: CommonCode, extra?: RefusalExtra): HttpRefusal {
  return new HttpRefusal(code, commonRefusals[code], extra)
}

export function errorBody(refusal: HttpRefusal, requestId: string): object {
  const { code, message, extra } = refusal
  const problems = extra.fields && problemsOf(extra.fields)
  return { error: { code, message, requestId, ...extra, ...(problems && { problems }) } }
}
