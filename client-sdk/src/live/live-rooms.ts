/** The way into live rooms: `odeon.live`. */
import type { RoomDesk } from '../room/room-desk.ts'
import { type Streams, streamPath } from '../streams/streams.ts'
import type { LiveConnection } from './live-connection.ts'

export { GiftShop } from '../gifts/gift-shop.ts'
export { AudioRooms } from '../audio/audio-rooms.ts'
export { Replays } from '../replays/replays.ts'

export interface JoinOptions {
  /** Entries of history wanted with the join, 0–100. */
  backlog?: number
}

export class LiveRooms {
  readonly #desk: RoomDesk
  readonly #streams: Streams

  constructor(desk: RoomDesk, streams: Streams) {
    this.#desk = desk
    this.#streams = streams
  }

  /**
   * Enters the room of a stream; its owner enters as host. Resolves when state and history are
   * here. One try: refused with `unauthenticated`, `not_found`, `banned`, `blocked`, or failing
   * with `Unavailable`. Once joined, the room keeps itself connected.
   */
  async join(streamId: string, { backlog }: JoinOptions = {}): Promise<LiveConnection> {
    const history = this.#streams.log.bind(this.#streams, streamId)
    // Fetched when a room is first entered: a page that only lists rooms does without it.
    const { LiveConnection } = await import('./live-connection.ts')
    return await this.#desk.enter(
      streamPath(streamId),
      (options) => new LiveConnection({ ...options, streamId, history }),
      backlog,
    )
  }
}
