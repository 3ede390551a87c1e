/** The ways into rooms: a bearer token buys a seat, a socket takes it. */
import type { Authenticator, Entrant } from '@odeon/rooms/ports'
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
import { keepSeat } from './keep-seat.ts'
import type { SeatDesk } from './seat-desk.ts'
import { uuid } from '../platform/http/ids.ts'

interface Asked {
  identity: Entrant
  header: (name: string) => string | undefined
  ip: string
}

export function seatEndpoints(
  desk: SeatDesk,
  { authenticate }: Pick<Authenticator, 'authenticate'>,
): Endpoint[] {
  /** The sign-in may have ended while the seat was looked for. */
  const keep = (taken: Seat, { identity: { userId }, header, ip }: Asked): Promise<Seat> =>
    keepSeat(taken, { authenticate, desk, authorization: header('authorization'), ip, userId })
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
      async ({ params, body, identity, settle, header, ip }) => {
        const to = { kind: 'live', streamId: params.id } as const
        const taken = settle(await desk.take({ to, identity, joinOptions: body }))
        return keep(taken, { identity, header, ip })
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
      async ({ body, identity = desk.visitor(), settle, header, ip }) => {
        const to = { kind: 'lobby' } as const
        const taken = settle(house(await desk.take({ to, identity, joinOptions: body })))
        return keep(taken, { identity, header, ip })
      },
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
      async ({ body, identity, settle, header, ip }) => {
        const to = { kind: 'me' } as const
        const taken = settle(house(await desk.take({ to, identity, joinOptions: body })))
        return keep(taken, { identity, header, ip })
      },
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
