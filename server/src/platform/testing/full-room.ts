/** For tests and pictures of a full house: a room without a free seat, on this process. */
import { matchMaker } from '@colyseus/core'

/** The answer, called, gives the room its seats back. */
export function fillRoom(roomId: string): () => void {
  const room = matchMaker.getLocalRoomById(roomId)
  const { maxClients } = room
  room.maxClients = 1
  return () => void (room.maxClients = maxClients)
}
