/** The way into a live room: a bearer token buys a seat, a socket takes it. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { seat, seatBody, seatRefusals } from './protocol.ts'
import type { SeatDesk } from './seat-desk.ts'

export function seatEndpoint(desk: SeatDesk): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/streams/:id/seat',
      summary: 'Reserves a seat in the room of a stream; a socket must take it within 15 s.',
      auth: 'user',
      params: z.object({ id: z.uuid() }),
      body: seatBody,
      reply: seat,
      refusals: seatRefusals,
    },
    async ({ params, body, identity, settle }) =>
      settle(await desk.take({ streamId: params.id, identity, joinOptions: body })),
  )
}
