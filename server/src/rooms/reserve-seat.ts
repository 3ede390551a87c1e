/** Asks a room to keep a seat, in whichever process it runs, and waits so long and no longer. */
import { generateId, matchMaker, type Room, ServerError } from '@colyseus/core'
import { authOfWalkIn, type Entrant, type WalkedIn } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { RoomEntry } from './open-once.ts'
import type { Seat } from './protocol.ts'

export interface SeatAsked {
  auth: Entrant
  options: object
  /** The socket that takes it is there, in this process: what it does not take is soon free. */
  walked: WalkedIn | undefined
  withinMs: number
  log: Logger
}

/** Until a socket that is there has it; longer only when it went away just then. */
const takenWithinS = 2

/**
 * The seat; undefined when the room has none; `silent` when its process did not answer in time: it
 * is dead, or too busy to be good to anybody, or the room has just ended.
 */
export async function reserveSeat(
  room: RoomEntry,
  { auth, options, walked, withinMs, log }: SeatAsked,
): Promise<Seat | 'silent' | undefined> {
  const sessionId = generateId()
  // The library's own way asks the process for another 2 s whether it lives; its pulse says so.
  const method = '_reserveSeat' as keyof Room
  const asked = walked
    ? [sessionId, options, authOfWalkIn(auth, walked), takenWithinS]
    : [sessionId, options, auth]
  const { roomId, processId } = room
  try {
    const isKept = await matchMaker.remoteRoomCall(roomId, method, asked, withinMs)
    return isKept === true ? (matchMaker.buildSeatReservation(room, sessionId) as Seat) : undefined
  } catch (error) {
    if (error instanceof Error && error.message === 'ipc_timeout') {
      giveUpSeat({ roomId, sessionId }, log)
      return 'silent'
    }
    if (!(error instanceof ServerError)) throw error
    // Its words hold what was asked, and with it who asked.
    log.warn({ room: roomId, processId, code: error.code }, 'a room could not keep a seat')
    return undefined
  }
}

/** The room hears it behind the question, however late that is, and keeps the seat for nobody. */
export function giveUpSeat(
  { roomId, sessionId }: Pick<Seat, 'roomId' | 'sessionId'>,
  log: Logger,
): void {
  const method = 'giveUpSeat' as keyof Room
  matchMaker.remoteRoomCall(roomId, method, [sessionId]).catch((err: unknown) => {
    // A dead process says nothing; where only the answer is late the seat is given up all the same.
    log.debug({ err, room: roomId }, 'a room has not said yet that it gave up a seat')
  })
}
