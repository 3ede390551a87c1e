/** Rooms of voices: `odeon.audio`. */
import type { LiveConnection } from '../live/live-connection.ts'
import type { RoomDesk } from '../room/room-desk.ts'
import { type NewStream, type Stream, type Streams, streamPath } from '../streams/streams.ts'

/** A room of voices is a live room where more people sit and nobody is seen. */
export type AudioConnection = LiveConnection

export class AudioRooms {
  readonly #desk: RoomDesk
  readonly #streams: Streams

  constructor(desk: RoomDesk, streams: Streams) {
    this.#desk = desk
    this.#streams = streams
  }

  /** Makes a room of voices on your channel, `pending` until you start it in it. */
  create(room: Omit<NewStream, 'medium'>): Promise<Stream> {
    return this.#streams.create({ ...room, medium: 'audio' })
  }

  /**
   * Enters a room: its owner as host, others as listeners. Resolves when state and history are
   * here; refused as `odeon.live.join` is. Once joined, the room keeps itself connected.
   */
  async join(id: string, { backlog }: { backlog?: number } = {}): Promise<AudioConnection> {
    const history = this.#streams.log.bind(this.#streams, id)
    const { LiveConnection } = await import('../live/live-connection.ts')
    return await this.#desk.enter(
      streamPath(id),
      (options) => new LiveConnection({ ...options, streamId: id, history }),
      backlog,
    )
  }
}
