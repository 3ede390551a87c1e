/** One's own room: `odeon.me.join()`. */
import type { MeCommands, MeEvents, MeState, MeWords } from '@odeon/rooms/protocol'
import type { CommandOptions } from '../room/outbox.ts'
import type { Plain } from '../room/plain-state.ts'
import { RoomConnection } from '../room/room-connection.ts'

export type MeSnapshot = Plain<MeState>

/** Notices as they come (`notice.posted`), what was read elsewhere (`notice.marked`), `unread`. */
export class MeConnection extends RoomConnection<MeSnapshot, MeEvents, MeCommands, MeWords> {
  /** Marks one notice as read, or all; resolves with how many are not. */
  async read(id?: string, options?: CommandOptions): Promise<number> {
    const ask = id === undefined ? {} : { id }
    return (await this.send('notice.read', ask, options)).unread
  }
}
