/** Opens a room again whose writer is gone, here, unless somebody else has. */
import type { Carried } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { Place } from './destinations.ts'
import { findRoom, type RoomEntry } from './open-once.ts'

export interface SuccessionDeps {
  open: (place: Place) => Promise<RoomEntry>
  isAlive: (processId: string) => Promise<boolean>
  log: Logger
}

export function succession({ open, isAlive, log }: SuccessionDeps) {
  return async ({ kind, writerId, openWith }: Carried): Promise<void> => {
    try {
      const found = await findRoom(writerId)
      // It lives and is listed: it may be slow, or it is this process that hears nothing.
      if (found !== undefined && (await isAlive(found.processId))) return
      const from = performance.now()
      const place = { roomId: writerId, kind: kind as Place['kind'], openWith, mayBeCarried: true }
      const { processId } = await open(place)
      const tookMs = Math.round(performance.now() - from)
      log.info({ room: writerId, processId, tookMs }, 'a room goes on in another process')
    } catch (err) {
      // The next look of the relay tries again.
      log.warn({ err, room: writerId }, 'no successor was found for a room')
    }
  }
}
