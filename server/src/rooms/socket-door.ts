/**
 * A socket that asks for its seat itself: one request instead of two for whoever enters a room. It
 * hears first which seat it has, or why it has none, and is in the room at once when the seat is in
 * this process.
 */
import type { IncomingMessage } from 'node:http'
import { matchMaker } from '@colyseus/core'
import { closeCodes } from '@odeon/rooms'
import { z } from 'zod'
import { attemptSignIn, authorise } from '../platform/http/authorise.ts'
import { type AuthNeed, type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { commonRefusal, errorBody, HttpRefusal, Refused } from '../platform/http/refusal.ts'
import {
  type FactsDeps,
  factsOfUpgrade,
  type RequestFacts,
} from '../platform/http/request-facts.ts'
import { readQuery } from '../platform/http/read-input.ts'
import type { EndpointDeps } from '../platform/http/run-endpoint.ts'
import type { Enter, Entry } from '../platform/realtime/upgrades.ts'
import type { Destination } from './destinations.ts'
import { keepSeat } from './keep-seat.ts'
import { type Seat, seatQuery, type SeatRefusal, streamSeatRefusals } from './protocol.ts'
import type { SeatDesk } from './seat-desk.ts'

export type SocketDoorDeps = FactsDeps & Pick<EndpointDeps, 'authenticate' | 'limits'>

interface Way {
  route: string
  summary: string
  auth: AuthNeed
  path: RegExp
  to: (id: string) => Destination
}

const ways: readonly Way[] = [
  {
    route: '/v1/streams/:id/socket',
    summary: 'Opens a WebSocket in the room of a stream, without a seat reserved before.',
    auth: 'user',
    path: /^\/v1\/streams\/([\w-]{1,64})\/socket$/,
    to: (streamId) => ({ kind: 'live', streamId }),
  },
  {
    route: '/v1/lobby/socket',
    summary: 'Opens a WebSocket in the lobby; no need to sign in.',
    auth: 'optional',
    path: /^\/v1\/lobby\/socket$/,
    to: () => ({ kind: 'lobby' }),
  },
  {
    route: '/v1/me/socket',
    summary: "Opens a WebSocket in the caller's own room.",
    auth: 'user',
    path: /^\/v1\/me\/socket$/,
    to: () => ({ kind: 'me' }),
  },
]

/** Tells whoever comes without an upgrade what these addresses are for. */
export const socketEndpoints: readonly Endpoint[] = ways.map(({ route, summary }) =>
  endpoint(
    {
      method: 'GET',
      path: route,
      summary,
      auth: 'none',
      ...(route.includes(':id') && { params: z.object({ id: z.string() }) }),
      query: seatQuery,
      refusals: {
        upgrade_required: { status: 426, text: 'Open a WebSocket here; see docs/wire.md.' },
      },
      reply: z.undefined(),
      status: 101,
    },
    ({ refuse }) => refuse('upgrade_required'),
  ),
)

export function socketDoor(desk: SeatDesk, deps: SocketDoorDeps): Enter {
  return (request) => {
    const { url = '' } = request
    const at = url.indexOf('?')
    const path = at < 0 ? url : url.slice(0, at)
    const query = at < 0 ? undefined : url.slice(at + 1)
    for (const way of ways) {
      const found = way.path.exec(path)
      if (found) return enter({ way, id: found[1] ?? '', query }, request)
    }
    return undefined
  }

  async function enter(asked: Asked, request: IncomingMessage): Promise<Entry> {
    const { facts, report } = factsOfUpgrade(deps, request)
    facts.route = asked.way.route
    try {
      const { seat, userId } = await seatFor(asked, request, facts)
      report(101)
      return entryOf(seat, () => desk.giveUp(seat, userId))
    } catch (error) {
      const isNamed = error instanceof HttpRefusal
      if (!isNamed) facts.log.error({ err: error, route: asked.way.route }, 'fault')
      const refusal = isNamed ? error : commonRefusal('unavailable')
      report(refusal.status)
      const { status } = refusal
      const said = JSON.stringify({ ...errorBody(refusal, facts.requestId), status })
      return { said, closeWith: passing.has(status) ? tryAgainLater : policyViolation }
    }
  }

  async function seatFor(asked: Asked, request: IncomingMessage, facts: RequestFacts) {
    const { way, id, query } = asked
    const { ip } = facts
    const { authenticate } = deps
    const authorization = authorizationOf(request)
    const attempt = await attemptSignIn(authenticate, authorization, { ip })
    const userId = typeof attempt === 'object' ? attempt.userId : undefined
    if (userId) facts.userId = userId
    const retryAfterMs = await deps.limits.take('general', userId ? { ip, userId } : { ip })
    if (retryAfterMs > 0) throw commonRefusal('rate_limited', { retryAfterMs })
    const identity = authorise(way.auth, attempt) ?? desk.visitor()
    const joinOptions = readQuery(seatQuery, query ?? '')
    const taken = await desk.take({ to: way.to(id), identity, joinOptions, walksIn: true })
    const by = { authenticate, desk, authorization, ip, userId: identity.userId }
    return { seat: await keepSeat(settle(taken), by), userId: identity.userId }
  }
}

interface Asked {
  way: Way
  id: string
  query: string | undefined
}

/** Close codes of RFC 6455 and its registry. */
const policyViolation = 1008
const tryAgainLater = 1013
const passing: ReadonlySet<number> = new Set([429, 500, 503])

function entryOf(seat: Seat, giveUp: () => void): Entry {
  const said = JSON.stringify({ seat })
  const { processId, roomId, sessionId } = seat
  if (processId !== matchMaker.processId) return { said, giveUp, closeWith: closeCodes.moved }
  return { said, giveUp, seatUrl: `/${processId}/${roomId}?sessionId=${sessionId}` }
}

/** A page cannot set headers on a socket: its token comes as a subprotocol, beside `odeon`. */
function authorizationOf(request: IncomingMessage): string | undefined {
  const { authorization, 'sec-websocket-protocol': protocols } = request.headers
  const token = /(?:^|,)\s*bearer\.([^,\s]*)/.exec(protocols ?? '')?.[1]
  // What a page says here it means; the header may be the browser's, for somebody in front of us.
  return token === undefined ? authorization : `Bearer ${token}`
}

function settle(outcome: Seat | Refused<SeatRefusal>): Seat {
  if (!(outcome instanceof Refused)) return outcome
  throw new HttpRefusal(outcome.code, streamSeatRefusals[outcome.code], outcome.extra)
}
