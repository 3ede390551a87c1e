/** What taking a seat asks, answers and refuses, whatever the kind of room. */
import { kitLimits, problem } from '@odeon/rooms/protocol'
import { z } from 'zod'

export const seatBody = z.strictObject({
  backlog: z
    .number()
    .int()
    .min(0)
    .max(kitLimits.backlogEntriesMax)
    .optional()
    .describe('entries of history wanted with the join'),
})

/** The same in the address of a socket that asks for its seat itself. */
export const seatQuery = z.strictObject({
  backlog: z
    .string()
    .regex(/^\d{1,9}$/, problem('wrong_form'))
    .transform(Number)
    .pipe(seatBody.shape.backlog.unwrap())
    .optional(),
})

/** What `consumeSeatReservation` of the Colyseus SDK takes. */
export const seat = z.object({
  name: z.string(),
  roomId: z.string(),
  processId: z.string(),
  sessionId: z.string(),
  publicAddress: z.string().optional(),
})
export type Seat = z.output<typeof seat>

/** Refusals of a seat in any room. */
export const seatRefusals = {
  banned: { status: 403, text: 'You cannot enter: this account is suspended.' },
  too_many_seats: { status: 429, text: 'You asked for several seats already. Wait a moment.' },
  room_full: { status: 503, text: 'The room is full. Try again in a moment.' },
  busy: { status: 503, text: 'The server is very busy. Try again in a moment.' },
} as const

/** Those of a seat in the room of a stream. */
export const streamSeatRefusals = {
  not_found: { status: 404, text: 'There is no such stream.' },
  blocked: { status: 403, text: 'The host does not want you here.' },
  ended: { status: 410, text: 'The stream is over.' },
  ...seatRefusals,
} as const
export type SeatRefusal = keyof typeof streamSeatRefusals
