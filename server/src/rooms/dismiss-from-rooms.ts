/** Whoever may not be here any more leaves every room of this process. */
import { matchMaker } from '@colyseus/core'

/** Puts a person out of the rooms they are in; a room they are not in is none the wiser. */
export async function dismissFromRooms(userId: string): Promise<void> {
  for (const { roomId } of await matchMaker.query({})) {
    // Every room of ours extends the one that can; a test sees to it.
    const room = matchMaker.getLocalRoomById(roomId) as { dismiss?(id: string): void } | undefined
    room?.dismiss?.(userId)
  }
}
