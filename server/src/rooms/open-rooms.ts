/**
 * The rooms that are open, for whoever changes what they were told at a join: those of this process
 * at once, those of the others by one message, within moments.
 */
import { matchMaker, type Room } from '@colyseus/core'
import type { ChatPosted } from '@odeon/rooms/protocol'
import { liveRoomId, meRoomId, type RoomMeasures } from '@odeon/rooms'
import type { Shared } from '../platform/shared.ts'
import { type ElsewhereDeps, roomsElsewhere } from './rooms-elsewhere.ts'

/** What the server may ask of a room; rooms of other kinds have less of it. */
export interface OpenRoom {
  readonly roomId: string
  readonly channelId?: string
  readonly hostId?: string
  /** Role and standing of a person changed: asks for them anew. Never rejects, as the next. */
  refreshStanding?(userId: string): unknown
  /** The channel changed, or the record of its stream. */
  refreshChannel?(): unknown
  /** Takes out what a person said here. */
  purge?(userId: string): unknown
  /** Takes out lines by their ids. */
  removeLines?(ids: string[]): unknown
  /** Puts back lines that an undone decision took out, as they were. */
  restoreLines?(lines: ChatPosted[]): unknown
  /** Ends the stream, as its host would; undefined when the room is not open after all. */
  endStream?(): Promise<boolean | undefined>
  readonly state?: unknown
  /** What it is like now; null before it has opened. */
  measure?(): RoomMeasures | null
  /** Lays down the pen and sends everybody to whoever takes it up. */
  handOver?(): Promise<void>
  /** Puts a person out. */
  dismiss?(userId: string): void
  /** Closes what a person's sign-ins opened, or that one. */
  signOut?(userId: string, sid?: string): void
  /** What one sign-in of a person opened is another's from now on. */
  handOn?(userId: string, sids: { from: string; to: string }): void
}

/** With several processes, one of the rooms stands for all those elsewhere. */
export interface OpenRooms {
  all(): OpenRoom[]
  ofChannel(channelId: string): OpenRoom[]
  /** The personal room of somebody. */
  me(userId: string): OpenRoom | undefined
  /** A room by its id. */
  byId(roomId: string): OpenRoom | undefined
  /** Begins to keep count of the rooms of all kinds. Call it when they have been defined. */
  watch(): void
}

export interface HouseRooms extends OpenRooms {
  /** Those of this process. */
  here(): OpenRoom[]
  /** Puts a person out of all rooms, or of those only that `hostedBy` hosts. */
  dismiss(userId: string, hostedBy?: string): Promise<void>
  /** Closes in all rooms what the sign-ins of a person opened, or that one. */
  signOut(userId: string, sid?: string): void
  /** What one sign-in of a person opened in any room is another's from now on. */
  handOn(userId: string, sids: { from: string; to: string }): void
  /** Which of these streams have a room in some process. */
  running(streamIds: string[]): Promise<Set<string>>
  /** Hears what other processes ask of our rooms, until the result is called. */
  listen(): () => Promise<void>
}

export interface OpenRoomsDeps extends Omit<ElsewhereDeps, 'here'> {
  shared: Pick<Shared, 'presence' | 'redis' | 'listed'>
}

const local = (roomId: string): OpenRoom | undefined => matchMaker.getLocalRoomById(roomId)

export function openRooms(deps: OpenRoomsDeps): HouseRooms {
  const opened = new Map<string, Room>()

  const here = () => {
    // A room may go without a word when its process is told to stop; Colyseus knows.
    for (const [roomId, room] of opened) if (local(roomId) !== room) opened.delete(roomId)
    return [...opened.values()] as OpenRoom[]
  }
  const elsewhere = roomsElsewhere({ ...deps, here })
  const byId = (roomId: string) => local(roomId) ?? elsewhere.rooms({ roomId })[0]

  return {
    here,
    all: () => [...here(), ...elsewhere.rooms({})],
    byId,
    me: (userId) => byId(meRoomId(userId)),
    ofChannel: (channelId) => [
      ...here().filter((room) => room.channelId === channelId),
      ...elsewhere.rooms({ channelId }),
    ],
    listen: elsewhere.listen,

    async dismiss(userId, hostId) {
      const where = hostId === undefined ? {} : { hostId }
      const ours = here().filter((room) => hostId === undefined || room.hostId === hostId)
      for (const room of [...ours, ...elsewhere.rooms(where)]) room.dismiss?.(userId)
    },

    signOut(userId, sid) {
      for (const room of [...here(), ...elsewhere.rooms({})]) room.signOut?.(userId, sid)
    },

    handOn(userId, sids) {
      for (const room of [...here(), ...elsewhere.rooms({})]) room.handOn?.(userId, sids)
    },

    async running(streamIds) {
      const listed = await deps.shared.listed(streamIds.map(liveRoomId))
      return new Set(streamIds.filter((streamId) => listed.has(liveRoomId(streamId))))
    },

    watch() {
      opened.clear()
      for (const handler of Object.values(matchMaker.getAllHandlers())) {
        handler.on('create', (room: Room) => void opened.set(room.roomId, room))
        handler.on('dispose', (room: Room) => void opened.delete(room.roomId))
      }
    },
  }
}
