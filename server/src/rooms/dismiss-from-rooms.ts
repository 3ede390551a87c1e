/** Whoever may not be here any more leaves the rooms of this process. */
import { matchMaker } from '@colyseus/core'

/** What every room of ours has; a test sees to it. */
interface Dismissing {
  hostId?: string
  dismiss?(id: string): void
}

/**
 * Puts a person out of the rooms they are in, or of those only that `hostedBy` hosts; a room they
 * are not in is none the wiser.
 */
export async function dismissFromRooms(userId: string, hostedBy?: string): Promise<void> {
  for (const { roomId } of await matchMaker.query({})) {
    const room = matchMaker.getLocalRoomById(roomId) as Dismissing | undefined
    if (hostedBy === undefined || room?.hostId === hostedBy) room?.dismiss?.(userId)
  }
}
