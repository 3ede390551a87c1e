/** The mandatory gate of every room: a verified token, and no more pending seats than allowed. */
import { type AuthContext, ErrorCode, ServerError } from '@colyseus/core'
import { type SignedIn, TokenRefused } from '../ports.ts'
import type { RoomPorts } from './room-ports.ts'

/** How long Colyseus holds a reserved seat. */
export const seatHeldMs = 15_000

/** A `static onAuth`. What it returns is made here: no claim of a token passes through. */
export function seatAuth(ports: Pick<RoomPorts, 'authenticator' | 'seats' | 'world'>) {
  return async (token: string, _options: unknown, _context?: AuthContext): Promise<SignedIn> => {
    const signedIn = await ports.authenticator.authenticate(token ?? '').catch((error: unknown) => {
      if (error instanceof TokenRefused) {
        throw new ServerError(ErrorCode.AUTH_FAILED, 'unauthenticated')
      }
      throw error
    })
    const { userId, name, kind, platformRole, sid } = signedIn
    const now = ports.world.now()
    if (!(await ports.seats.take(userId, now, now + seatHeldMs))) {
      throw new ServerError(ErrorCode.AUTH_FAILED, 'too_many_seats')
    }
    return { userId, name, kind, platformRole, sid }
  }
}
