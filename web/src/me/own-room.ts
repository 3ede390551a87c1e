/** One's own room, entered once for all that shows a part of it: notices, what one has. */
import type { MeConnection } from '@odeon/sdk'
import { KeptRoom } from '../lobby/kept-room.ts'
import { odeon } from '../session/odeon.ts'

const listeners = new Set<(room: MeConnection) => void>()

async function enter(): Promise<MeConnection> {
  const room = await odeon.me.join({ backlog: 0 })
  for (const listen of listeners) listen(room)
  return room
}

export const ownRoom = new KeptRoom(enter)

/** Calls back with each room that is entered, and with the one that is there already. */
export function onOwnRoom(listen: (room: MeConnection) => void): void {
  listeners.add(listen)
  const { room } = ownRoom.view()
  if (room) listen(room)
}
