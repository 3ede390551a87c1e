/** The rooms that are open on this process, for whoever changes what they were told at a join. */
import { matchMaker, type Room } from '@colyseus/core'
import type { ChatPosted } from '@odeon/rooms/protocol'
import type { RoomMeasures } from '@odeon/rooms'

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
  /** Ends the stream, as its host would. */
  endStream?(by: { id: string; name: string }): Promise<boolean>
  readonly state?: unknown
  /** What it is like now; null before it has opened. */
  measure?(): RoomMeasures | null
  /** Puts a person out. */
  dismiss?(userId: string): void
}

export interface OpenRooms {
  all(): OpenRoom[]
  ofChannel(channelId: string): OpenRoom[]
  /** The personal room of somebody who is here. */
  me(userId: string): OpenRoom | undefined
  /** The room of one stream. */
  byId(roomId: string): OpenRoom | undefined
  /** Begins to keep count of the rooms of all kinds. Call it when they have been defined. */
  watch(): void
}

const opened = new Map<string, Room>()
const byId = (roomId: string): OpenRoom | undefined => matchMaker.getLocalRoomById(roomId)

/** One for the process, as Colyseus' matchmaker is. */
export const openRooms: OpenRooms = {
  byId,
  me: (userId) => byId(`me_${userId}`),
  ofChannel: (channelId) => openRooms.all().filter((room) => room.channelId === channelId),

  all() {
    // A room may go without a word when its process is told to stop; Colyseus knows.
    for (const [roomId, room] of opened) if (byId(roomId) !== room) opened.delete(roomId)
    return [...opened.values()]
  },

  watch() {
    opened.clear()
    for (const handler of Object.values(matchMaker.getAllHandlers())) {
      handler.on('create', (room: Room) => void opened.set(room.roomId, room))
      handler.on('dispose', (room: Room) => void opened.delete(room.roomId))
    }
  },
}
