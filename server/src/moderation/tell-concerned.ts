/** After the commit: open rooms look again, and the person concerned is told. Never rejects. */
import type { Notice, Sanction } from '@odeon/rooms/protocol'
import type { OpenRoom } from '../rooms/open-rooms.ts'
import type { ModerationDeps } from './deps.ts'
import type { RestoredLine } from './restore-archive.ts'

type TellDeps = Pick<ModerationDeps, 'database' | 'log' | 'notices' | 'openRooms'>
type RoomDeps = Pick<TellDeps, 'log' | 'openRooms'>

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

type NoticeFacts = Pick<Notice, 'kind'> & Partial<Omit<Notice, 'id' | 'at' | 'readAt' | 'channel'>>

/** One notice; `channelId` null for what the house decided. */
export async function notifyPerson(
  deps: TellDeps,
  userId: string,
  channelId: string | null,
  facts: NoticeFacts,
): Promise<void> {
  try {
    const [channel] = channelId
      ? await deps.database.sql<NonNullable<Notice['channel']>>`
          select id, handle, name from channels where id = ${channelId}`
      : []
    await deps.notices.notify(userId, {
      channel: channel ?? null,
      from: null,
      text: null,
      path: channel ? `/channel/${channel.handle}` : null,
      sanctionId: null,
      until: null,
      ...facts,
    })
  } catch (err) {
    deps.log.warn({ err, userId, kind: facts.kind }, 'a notice was not kept')
  }
}

export function sanctionNotice(sanction: Sanction): NoticeFacts {
  const { id, until, reason } = sanction
  return { kind: 'sanction', text: reason, path: `/appeals/${id}`, sanctionId: id, until }
}
