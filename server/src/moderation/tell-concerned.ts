/** After the commit open rooms look again. Never rejects. */
import type { OpenRoom } from '../rooms/open-rooms.ts'
import type { ModerationDeps } from './deps.ts'
import type { RestoredLine } from './restore-archive.ts'

type RoomDeps = Pick<ModerationDeps, 'log' | 'openRooms'>

/** Where something happened, as it was when it was written. */
export interface Place {
  channelId: string | null
  /** The room that acts applies its own action; the others are told here. */
  actingRoomId?: string | null
}

/** Rooms in which a person's role or standing may differ now: one channel's, or all. */
export function refreshRooms(deps: RoomDeps, userId: string, place: Place): void {
  for (const room of roomsOf(deps, place)) attempt(deps, room, () => room.refreshStanding?.(userId))
}

/** Takes out what somebody said in the other open rooms of the channel. */
export function purgeRooms(deps: RoomDeps, userId: string, place: Place): void {
  for (const room of roomsOf(deps, place)) attempt(deps, room, () => room.purge?.(userId))
}

/** Puts lines back in the open rooms they were taken out of. */
export function restoreInRooms(
  deps: RoomDeps,
  lines: RestoredLine[],
  actingRoomId: string | null,
): void {
  for (const [roomId, back] of Map.groupBy(lines, (one) => one.roomId)) {
    const room = roomId === actingRoomId ? undefined : deps.openRooms.byId(roomId)
    if (room) attempt(deps, room, () => room.restoreLines?.(back.map(({ line }) => line)))
  }
}

/** Takes lines out of the open room they were said in; what is out already stays so. */
export function removeInRooms(deps: RoomDeps, roomId: string, ids: string[]): void {
  const room = deps.openRooms.byId(roomId)
  if (room) attempt(deps, room, () => room.removeLines?.(ids))
}

function roomsOf({ openRooms }: RoomDeps, { channelId, actingRoomId }: Place): OpenRoom[] {
  const rooms = channelId === null ? openRooms.all() : openRooms.ofChannel(channelId)
  return rooms.filter((room) => room.roomId !== actingRoomId)
}

function attempt({ log }: RoomDeps, room: OpenRoom, work: () => unknown): void {
  const failed = (err: unknown) =>
    log.error({ err, room: room.roomId }, 'a room did not take a decision')
  try {
    Promise.resolve(work()).catch(failed)
  } catch (error) {
    failed(error)
  }
}
