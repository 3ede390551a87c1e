/**
 * Whoever was signed out or suspended while a seat was looked for has none: what their sign-in had
 * opened was closed before it, and nobody would close it again.
 */
import type { Authenticator } from '@odeon/rooms/ports'
import { attemptSignIn } from '../platform/http/authorise.ts'
import { commonRefusal } from '../platform/http/refusal.ts'
import type { Seat } from './protocol.ts'
import type { SeatDesk } from './seat-desk.ts'

export interface SeatedBy {
  authenticate: Authenticator['authenticate']
  desk: Pick<SeatDesk, 'giveUp'>
  authorization: string | undefined
  ip: string
  userId: string
}

/** Throws `unauthenticated`, the seat given up. */
export async function keepSeat(seat: Seat, by: SeatedBy): Promise<Seat> {
  const { authenticate, authorization, ip } = by
  if ((await attemptSignIn(authenticate, authorization, { ip })) !== 'refused') return seat
  by.desk.giveUp(seat, by.userId)
  throw commonRefusal('unauthenticated')
}
