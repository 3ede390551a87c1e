/**
 * `/matchmake/joinById` and `/matchmake/reconnect`: how an unmodified Colyseus client asks for a
 * seat. The same desk as the seat endpoints; the other matchmaking methods do not exist here.
 */
import type { ServerResponse } from 'node:http'
import type { Express } from 'express'
import { z } from 'zod'
import { attemptSignIn, authorise } from '../platform/http/authorise.ts'
import { readBody } from '../platform/http/read-body.ts'
import { commonRefusal, errorBody, HttpRefusal, Refused } from '../platform/http/refusal.ts'
import { factsOf } from '../platform/http/request-facts.ts'
import type { EndpointDeps, EndpointRequest } from '../platform/http/run-endpoint.ts'
import { sendJson } from '../platform/http/send-reply.ts'
import { destinationOf } from './destinations.ts'
import { keepSeat } from './keep-seat.ts'
import { type Seat, seatBody, streamSeatRefusals } from './protocol.ts'
import type { SeatDesk } from './seat-desk.ts'

const ask = z.object({
  method: z.enum(['joinById', 'reconnect']),
  room: z.string().regex(/^[\w-]{1,64}$/),
})
const reconnectBody = z.strictObject({ reconnectionToken: z.string().regex(/^[\w-]{1,64}$/) })

export interface MatchmakeDeps extends Omit<EndpointDeps, 'production'> {
  desk: SeatDesk
}

export function mountMatchmaking(app: Express, deps: MatchmakeDeps): void {
  app.post('/matchmake/:method/:room', async (request, response) => {
    const facts = factsOf(request)
    facts.route = '/matchmake/:method/:room'
    try {
      sendJson(request, response, 200, await seatFor(deps, request))
    } catch (error) {
      if (!(error instanceof HttpRefusal)) facts.log.error({ err: error }, 'fault')
      sendMatchmakeError(
        request,
        response,
        error instanceof HttpRefusal ? error : commonRefusal('unavailable'),
      )
    }
  })
}

async function seatFor(deps: MatchmakeDeps, request: EndpointRequest): Promise<Seat> {
  const { origin, host, authorization } = request.headers
  if (!deps.origins.allowed(origin, host)) throw commonRefusal('origin_refused')
  const facts = factsOf(request)
  const { ip } = facts
  const attempt = await attemptSignIn(deps.authenticate, authorization, { ip })
  const userId = typeof attempt === 'object' ? attempt.userId : undefined
  if (userId) facts.userId = userId
  const retryAfterMs = await deps.limits.take('general', userId ? { ip, userId } : { ip })
  if (retryAfterMs > 0) throw commonRefusal('rate_limited', { retryAfterMs })
  const asked = ask.safeParse(request.params)
  if (!asked.success) throw commonRefusal('not_found')
  const { method, room } = asked.data
  const body = (await readBody(request)) ?? {}
  if (method === 'reconnect') {
    const { reconnectionToken } = valid(reconnectBody, body)
    return settle(await deps.desk.resume(room, reconnectionToken))
  }
  const identity = authorise('user', attempt)
  const to = destinationOf(room)
  if (!identity) throw commonRefusal('unauthenticated')
  if (to === undefined) throw commonRefusal('not_found')
  // Colyseus clients may send options of their own making; only ours are passed on.
  const joinOptions = valid(seatBody.strip(), body)
  const seat = settle(await deps.desk.take({ to, identity, joinOptions }))
  return keepSeat(seat, { ...deps, authorization, ip, userId: identity.userId })
}

function valid<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const result = shape.safeParse(body)
  if (result.success) return result.data
  throw commonRefusal('invalid')
}

function settle(outcome: Seat | Refused<keyof typeof streamSeatRefusals>): Seat {
  if (!(outcome instanceof Refused)) return outcome
  throw new HttpRefusal(outcome.code, streamSeatRefusals[outcome.code], outcome.extra)
}

/** The Colyseus client shows `message` to its program, so that is where the code stands. */
function sendMatchmakeError(
  request: EndpointRequest,
  response: ServerResponse,
  refusal: HttpRefusal,
): void {
  const { requestId } = factsOf(request)
  const { retryAfterMs } = refusal.extra
  if (retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000))
  sendJson(request, response, refusal.status, {
    ...errorBody(refusal, requestId),
    message: refusal.code,
  })
}
