/** What is known of a request before anything else looks at it; and its line in the log. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@odeon/rooms/ports'
import { redactUrl } from '../logging.ts'
import type { ClientAddress } from './client-address.ts'

export interface RequestFacts {
  requestId: string
  ip: string
  https: boolean
  startedAt: number
  log: Logger
  /** Set once known, for the log line. */
  userId?: string
  /** The endpoint's path with its parameters unfilled, for metrics. */
  route?: string
}

export interface FactsDeps {
  log: Logger & { child(facts: object): Logger }
  newId: () => string
  address: ClientAddress
  /** Called once per request, when its answer is out. */
  observe?(method: string, route: string, status: number, seconds: number): void
}

const known = new WeakMap<IncomingMessage, RequestFacts>()

export function factsOf(request: IncomingMessage): RequestFacts {
  const facts = known.get(request)
  if (!facts) throw new Error('the request did not pass the front of the HTTP app')
  return facts
}

/** Notes the facts, answers with `x-request-id`, logs one line when the answer is out. */
export function noteFacts(deps: FactsDeps, request: IncomingMessage, response: ServerResponse) {
  const facts = newFacts(deps, request)
  known.set(request, facts)
  response.setHeader('x-request-id', facts.requestId)
  const report = reporter(deps, request, facts)
  response.once('close', () => report(response.statusCode, !response.writableFinished))
}

/** The same for a request that a socket answers; `report` logs the line, with the status given. */
export function factsOfUpgrade(
  deps: FactsDeps,
  request: IncomingMessage,
): { facts: RequestFacts; report: (status: number) => void } {
  const facts = newFacts(deps, request)
  return { facts, report: reporter(deps, request, facts) }
}

function newFacts(deps: FactsDeps, request: IncomingMessage): RequestFacts {
  const { address } = deps
  const requestId = requestIdOf(deps, request)
  let log: Logger | undefined
  return {
    requestId,
    ip: address.ip(request),
    https: address.https(request),
    startedAt: performance.now(),
    // Most requests say one line; a logger of their own costs as much as ten.
    get log() {
      log ??= deps.log.child({ requestId })
      return log
    },
  }
}

function reporter(
  deps: FactsDeps,
  request: IncomingMessage,
  facts: RequestFacts,
): (status: number, aborted?: boolean) => void {
  // What answers may change both.
  const method = request.method ?? ''
  const url = redactUrl(request.url ?? '')
  return (status, aborted = false) => {
    const { requestId, ip, userId, route } = facts
    const durationMs = performance.now() - facts.startedAt
    deps.observe?.(method, route ?? 'other', status, durationMs / 1000)
    const line = {
      requestId,
      method,
      url,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
      ip,
      ...(userId && { userId }),
      ...(aborted && { aborted }),
    }
    if (route && !quiet.has(route)) deps.log.info(line, 'request')
    else deps.log.debug(line, 'request')
  }
}

const quiet = new Set(['/health', '/ready', '/metrics'])

function requestIdOf(deps: FactsDeps, request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  const believed = deps.address.viaProxy(request) && /^[\w-]{8,64}$/.test(String(given ?? ''))
  return believed ? String(given) : deps.newId()
}
