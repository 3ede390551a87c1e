/** Asks a room to keep a seat, in whichever process it runs, and waits so long and no longer. */
import { generateId, matchMaker, type Room } from '@colyseus/core'
import type { Identity } from '@odeon/rooms'
import type { RoomEntry } from './open-once.ts'
import type { Seat } from './protocol.ts'

/** It did not answer in time: it is dead, or too busy to be good to anybody. */
export class ProcessSilent extends Error {
  override name = 'ProcessSilent'
  readonly processId: string

  constructor(processId: string) {
    super(`process ${processId} did not answer in time`)
    this.processId = processId
  }
}

/** The seat; undefined when the room has none. Rejects with `ProcessSilent`. */
export async function reserveSeat(
  room: RoomEntry,
  { auth, options, withinMs }: { auth: Identity; options: object; withinMs: number },
): Promise<Seat | undefined> {
  const sessionId = generateId()
  // The library's own way asks the process for another 2 s whether it lives; its pulse says so.
  const method = '_reserveSeat' as keyof Room
  const asked = [sessionId, options, auth]
  try {
    const isKept = await matchMaker.remoteRoomCall(room.roomId, method, asked, withinMs)
    return isKept === true ? (matchMaker.buildSeatReservation(room, sessionId) as Seat) : undefined
  } catch (error) {
    if (error instanceof Error && error.message === 'ipc_timeout')
      throw new ProcessSilent(room.processId)
    throw error
  }
}
