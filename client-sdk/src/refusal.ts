/** The two ways a call fails: the server said no, or no answer could be had. */
import type {
  chatRefusals,
  floorRefusals,
  KitRefusalCode,
  liveRefusals,
  mediaRefusals,
  moderationRefusals,
  Problem,
  reactionRefusals,
} from '@odeon/rooms/protocol'
import type { MediaDeviceRefusalCode } from './media/media-refusals.ts'

/** Codes an editor can complete; a newer server may use more. */
export type RefusalCode =
  | KitRefusalCode
  | keyof typeof chatRefusals
  | keyof typeof floorRefusals
  | keyof typeof liveRefusals
  | keyof typeof mediaRefusals
  | keyof typeof moderationRefusals
  | keyof typeof reactionRefusals
  | MediaDeviceRefusalCode
  | 'account_required'
  | 'banned'
  | 'blocked'
  | 'email_taken'
  | 'ended'
  | 'not_found'
  | 'not_recorded'
  | 'recording_expired'
  | 'recording_lost'
  | 'recording_removed'
  | 'still_recording'
  | 'suspended'
  | 'too_many_seats'
  | 'unauthenticated'
  | 'username_taken'
  | 'wrong_credentials'
  | (string & {})

/** An expected "no" with a code from a closed list and a text that may be shown to people. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  /** How long to wait before the same call can succeed, when waiting helps. */
  readonly retryAfterMs: number | undefined
  /** Names this one answer in the server's logs. */
  readonly requestId: string | undefined
  /** What was wrong with which field of a form, by its name. */
  readonly fields: Readonly<Record<string, string>> | undefined
  /** The same as codes, for words of one's own; those that are on the list. */
  readonly problems: Readonly<Record<string, Problem>> | undefined
  /** HTTP status, when the refusal came over HTTP. */
  readonly status: number | undefined
  /** What a call tells beside its no; the call says what that is. */
  readonly about: unknown

  constructor(body: RefusalFacts) {
    super(body.message)
    this.code = body.code
    this.retryAfterMs = body.retryAfterMs
    this.requestId = body.requestId
    this.fields = body.fields
    this.problems = body.problems
    this.status = body.status
    this.about = body.about
  }
}

export interface RefusalFacts {
  code: RefusalCode
  message: string
  retryAfterMs?: number | undefined
  requestId?: string | undefined
  fields?: Record<string, string> | undefined
  problems?: Record<string, Problem> | undefined
  status?: number | undefined
  about?: unknown
}

/**
 * - `network`: the server could not be reached
 * - `server`: it was reached and failed; `requestId` names the failure
 * - `deadline`: no answer in time; the command may or may not have landed
 * - `outbox_full`: too much is waiting already; nothing was sent
 * - `closed`: the room was left or closed before an answer came
 */
export type UnavailableReason = 'network' | 'server' | 'deadline' | 'outbox_full' | 'closed'

const texts: Record<UnavailableReason, string> = {
  network: 'The server cannot be reached.',
  server: 'Something went wrong on the server. Try again.',
  deadline: 'No answer came in time.',
  outbox_full: 'Too many messages are waiting to be sent.',
  closed: 'The room was closed before an answer came.',
}

export interface UnavailableDetails {
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/** No answer could be had. Trying again with the same `requestId` is safe. */
export class Unavailable extends Error {
  override name = 'Unavailable'
  readonly reason: UnavailableReason
  /** Names the failure in the server's logs. */
  readonly requestId: string | undefined
  /** How long the server asks to be left alone, when it says so. */
  readonly retryAfterMs: number | undefined

  constructor(reason: UnavailableReason, details: UnavailableDetails = {}) {
    super(texts[reason], details.cause === undefined ? undefined : { cause: details.cause })
    this.reason = reason
    this.requestId = details.requestId
    this.retryAfterMs = details.retryAfterMs
  }
}
