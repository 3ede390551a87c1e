/** The ways into rooms: a bearer token buys a seat, a socket takes it. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import {
  type Seat,
  type SeatRefusal,
  seat,
  seatBody,
  seatRefusals,
  streamSeatRefusals,
} from './protocol.ts'
import type { SeatDesk } from './seat-desk.ts'
import { uuid } from '../platform/http/ids.ts'

export function seatEndpoints(desk: SeatDesk): Endpoint[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/streams/:id/seat',
        summary: 'Reserves a seat in the room of a stream; a socket must take it within 15 s.',
        auth: 'user',
        params: z.object({ id: uuid }),
        body: seatBody,
        reply: seat,
        refusals: streamSeatRefusals,
      },
      async ({ params, body, identity, settle }) => {
        const to = { kind: 'live', streamId: params.id } as const
        return settle(await desk.take({ to, identity, joinOptions: body }))
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/lobby/seat',
        summary: 'Reserves a seat in the lobby, which shows who is live now; no need to sign in.',
        auth: 'optional',
        body: seatBody,
        reply: seat,
        refusals: seatRefusals,
      },
      async ({ body, identity = desk.visitor(), settle }) =>
        settle(house(await desk.take({ to: { kind: 'lobby' }, identity, joinOptions: body }))),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/me/seat',
        summary: "Reserves a seat in the caller's own room: notices and how many are unread.",
        auth: 'user',
        body: seatBody,
        reply: seat,
        refusals: seatRefusals,
      },
      async ({ body, identity, settle }) =>
        settle(house(await desk.take({ to: { kind: 'me' }, identity, joinOptions: body }))),
    ),
  ]
}

/** These rooms are there for everybody: nothing is refused for a stream's sake. */
function house(outcome: Seat | Refused<SeatRefusal>): Seat | Refused<keyof typeof seatRefusals> {
  if (!(outcome instanceof Refused)) return outcome
  const { code, extra } = outcome
  if (code in seatRefusals) return new Refused(code as keyof typeof seatRefusals, extra)
  throw new Error(`a seat in the house was refused as ${code}`)
}
