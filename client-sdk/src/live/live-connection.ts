/** A live stream's room: `odeon.live.join(streamId)`. */
import type {
  Category,
  LiveCommands,
  LiveEvents,
  LiveState,
  LiveWords,
  MediaTicket,
  Person,
  ReactionKind,
  ReactionReply,
  Standing,
  StreamEnded,
  StreamStarted,
  StreamUpdated,
} from '@odeon/rooms/protocol'
import { LiveBattles } from '../battles/live-battles.ts'
import { LiveChat } from '../chat/live-chat.ts'
import { LiveGifts } from '../gifts/live-gifts.ts'
import { LiveFloor } from '../floor/live-floor.ts'
import { mediaOf, visitedMedia } from '../media/media-of.ts'
import type { RoomMedia } from '../media/room-media.ts'
import type { CommandOptions } from '../room/outbox.ts'
import type { Plain } from '../room/plain-state.ts'
import { RoomConnection, type RoomOptions } from '../room/room-connection.ts'
import type { HistoryPage, HistoryQuery } from '../streams/streams.ts'
import { LiveTreasure } from '../treasure/live-treasure.ts'
import { LiveCrew, LiveMembers, type SendLive } from './live-commands.ts'
import { TapFolder } from './tap-folder.ts'

type LivePlain = Plain<LiveState>
/** What is true now in a live room, as plain read-only data. */
export type LiveSnapshot = Omit<LivePlain, 'floor' | 'gifts' | 'battle' | 'treasure'> & {
  /** Recordings from before live rooms had them lack these. */
  readonly floor?: LivePlain['floor']
  readonly gifts?: LivePlain['gifts']
  readonly battle?: LivePlain['battle']
  readonly treasure?: LivePlain['treasure']
}

export interface LiveRoomOptions extends RoomOptions {
  streamId: string
  history: (query: HistoryQuery) => Promise<HistoryPage<LiveEvents>>
}

/** Who you are in a live room, and how you stand there. */
export interface You extends Person {
  readonly standing: Standing
}

/** Of somebody against whom nothing stands and who follows nobody. */
const noStanding: Standing = { sanction: null, isVip: false, followedAt: null }

export class LiveConnection extends RoomConnection<
  LiveSnapshot,
  LiveEvents,
  LiveCommands,
  LiveWords
> {
  readonly streamId: string
  readonly chat: LiveChat
  readonly members: LiveMembers
  readonly crew: LiveCrew
  readonly floor: LiveFloor
  readonly gifts: LiveGifts
  readonly battles: LiveBattles
  readonly treasure: LiveTreasure
  /** Picture and sound. */
  readonly media: RoomMedia

  readonly reactions = {
    /**
     * Sends `count` (1–10) reactions at once; resolves with the room's total of that kind.
     * Refused with `not_live`, `timed_out`, `banned`, `rate_limited`, `busy`.
     */
    send: (
      reaction: { kind: ReactionKind; count?: number },
      options?: CommandOptions,
    ): Promise<ReactionReply> => this.send('reaction.send', { count: 1, ...reaction }, options),
  }

  readonly #history: LiveRoomOptions['history']
  readonly #taps: TapFolder
  #you: You | undefined

  constructor(options: LiveRoomOptions) {
    super({ ...options, pulse: (state) => (state as LiveState).metrics })
    const send: SendLive = (command, ask, how) => this.send(command, ask, how)
    this.streamId = options.streamId
    this.chat = new LiveChat(send)
    this.members = new LiveMembers(send)
    this.crew = new LiveCrew(send)
    this.floor = new LiveFloor({ send, state: () => this.state.floor, you: () => this.you })
    this.gifts = new LiveGifts(send)
    this.battles = new LiveBattles({
      send,
      battleId: () => this.state.battle?.id ?? '',
      visit: (streamId) =>
        visitedMedia(this, {
          world: options.world,
          ticket: (tab) => this.send('battle.ticket', { streamId, tab }),
        }),
    })
    this.treasure = new LiveTreasure({
      send,
      boxId: () => this.state.treasure?.id ?? '',
      newLuck: () => options.world.newId(),
    })
    const ticket = (tab: string) => this.mediaTicket(tab)
    this.media = mediaOf(this, { world: options.world, ticket })
    this.#history = options.history
    this.#taps = new TapFolder(options.world, (reaction) => this.reactions.send(reaction))
    this.on('member.changed', ({ role, standing }) => this.standsNow(role, standing))
  }

  /**
   * Who you are here and how you stand: the same object until something of it changes. Kept true
   * by the room; `onYou` says when.
   */
  override get you(): You {
    const person = super.you
    const standing = (this.standingSaid as Standing | undefined) ?? noStanding
    const known = this.#you
    if (known?.role !== person.role || known.standing !== standing || known.id !== person.id) {
      this.#you = { ...person, standing }
    }
    return this.#you as You
  }

  /** Calls back when `you` may have changed: by a moderator, by time, or by coming back. */
  readonly onYou = (call: () => void): (() => void) => {
    const stops = [this.on('member.changed', call), this.onConnection(call)]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** One tap. Fast taps travel together and share their answer. */
  react(kind: ReactionKind): Promise<ReactionReply> {
    return this.#taps.tap(kind)
  }

  /** pending → live; the host's. Refused with `wrong_phase`, `not_allowed`. */
  start(options?: CommandOptions): Promise<StreamStarted> {
    return this.send('stream.start', {}, options)
  }

  /**
   * Another title or category, before and while the stream is live; the host's. Null takes the
   * category away. Refused with `wrong_phase`, `not_allowed`, `invalid`.
   */
  update(
    change: { title?: string; category?: Category | null },
    options?: CommandOptions,
  ): Promise<StreamUpdated> {
    return this.send('stream.update', change, options)
  }

  /** live → ended; the host's. Resolves with the stream's numbers in the entry. */
  end(options?: CommandOptions): Promise<StreamEnded> {
    return this.send('stream.end', {}, options)
  }

  /**
   * Lets one connection into the media of the room: a LiveKit address and token, good for two
   * minutes. `tab` names the connection, 1–16 of `a–z 0–9`; the same again replaces it. Refused
   * with `media_unavailable` while `state.floor.hasMedia` is false, and with `not_begun` to whoever
   * has no seat before the stream is live.
   */
  mediaTicket(tab: string): Promise<MediaTicket> {
    return this.send('media.ticket', { tab })
  }

  /** A page of the archive: the entries before `before`, or the newest. */
  history(query: HistoryQuery = {}): Promise<HistoryPage<LiveEvents>> {
    return this.#history(query)
  }
}
