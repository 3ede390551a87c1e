/** A live stream's room: `odeon.live.join(streamId)`. */
import type {
  ChatPosted,
  LiveCommands,
  LiveEvents,
  LiveState,
  ReactionKind,
  ReactionReply,
  StreamEnded,
  StreamStarted,
} from '@odeon/rooms/protocol'
import type { CommandOptions } from '../room/outbox.ts'
import type { Plain } from '../room/plain-state.ts'
import { RoomConnection, type RoomOptions } from '../room/room-connection.ts'
import type { HistoryPage, HistoryQuery } from '../streams/streams.ts'
import { TapFolder } from './tap-folder.ts'

/** What is true now in a live room, as plain read-only data. */
export type LiveSnapshot = Plain<LiveState>

export interface LiveRoomOptions extends RoomOptions {
  streamId: string
  history: (query: HistoryQuery) => Promise<HistoryPage<LiveEvents>>
}

export class LiveConnection extends RoomConnection<LiveSnapshot, LiveEvents, LiveCommands> {
  readonly streamId: string

  readonly chat = {
    /**
     * Says something to everybody; resolves with the posted entry. Refused with `chat_closed`,
     * `invalid`, `rate_limited`, `busy`.
     */
    send: (text: string, options?: CommandOptions): Promise<ChatPosted> =>
      this.send('chat.send', { text }, options),
  }

  readonly reactions = {
    /**
     * Sends `count` (1–10) reactions at once; resolves with the room's total of that kind.
     * Refused with `not_live`, `rate_limited`, `busy`.
     */
    send: (
      reaction: { kind: ReactionKind; count?: number },
      options?: CommandOptions,
    ): Promise<ReactionReply> => this.send('reaction.send', { count: 1, ...reaction }, options),
  }

  readonly #history: LiveRoomOptions['history']
  readonly #taps: TapFolder

  constructor(options: LiveRoomOptions) {
    super({ ...options, pulse: (state) => (state as LiveState).metrics })
    this.streamId = options.streamId
    this.#history = options.history
    this.#taps = new TapFolder(options.world, (reaction) => this.reactions.send(reaction))
  }

  /** One tap. Fast taps travel together and share their answer. */
  react(kind: ReactionKind): Promise<ReactionReply> {
    return this.#taps.tap(kind)
  }

  /** pending → live; the host's. Refused with `wrong_phase`, `not_allowed`. */
  start(options?: CommandOptions): Promise<StreamStarted> {
    return this.send('stream.start', {}, options)
  }

  /** live → ended; the host's. Resolves with the stream's numbers in the entry. */
  end(options?: CommandOptions): Promise<StreamEnded> {
    return this.send('stream.end', {}, options)
  }

  /** A page of the archive: the entries before `before`, or the newest. */
  history(query: HistoryQuery = {}): Promise<HistoryPage<LiveEvents>> {
    return this.#history(query)
  }
}
