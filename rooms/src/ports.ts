/**
 * Everything rooms need from outside, as small interfaces. `server/src/compose.ts` supplies the
 * real ones; action tests supply plain objects.
 */
import type { Entry, Person, Role } from './kit/protocol.ts'
import type { ChatModes } from './chat/protocol.ts'
import type { Category, StreamMedium, StreamNumbers, StreamPhase } from './live/protocol.ts'
import type { RankedCard, StreamCardFacts } from './lobby/protocol.ts'
import type {
  ActionKind,
  ActionTaken,
  ModerationRefusalCode,
  Sanction,
  ScoreCategory,
  Standing,
} from './moderation/protocol.ts'

export type * from './battles/battle-desk.ts'
export type { BattleRecord } from './battles/battle-record.ts'
export type { BattleAsk } from './battles/decide-battle.ts'
export type { SideSum } from './battles/score.ts'
export type * from './gifts/gift-desk.ts'
export type { EncoderLink, Media, MediaGrant, MediaOwner, RoomMedia } from './media/media.ts'
export type {
  AccountRef,
  BalanceNow,
  CountedIn,
  Ledger,
  Leg,
  Movement,
  Receipt,
  StreamSums,
  TransferAsk,
  TransferOutcome,
  WalletWatch,
} from './wallet/ledger.ts'
export type * from './treasure/treasure-desk.ts'
export type { TreasureOutcome, TreasureRecord } from './treasure/treasure-record.ts'
export type { TierWatch } from './tiers/tier-watch.ts'
export type { NoticeBox, Notices, NoticeSignal, NumberedNotice } from './me/notice-ports.ts'

/** Who a verified token says is asking. Made by the server, never taken from a client. */
export interface Identity {
  userId: string
  name: string
  kind: 'account' | 'guest'
  platformRole: 'user' | 'moderator' | 'admin'
}

/** Somebody, and the sign-in by which they ask: what it opens ends with it. */
export type SignedIn = Identity & { sid: string }
/** Who takes a seat. Visitors have no sign-in. */
export type Entrant = Identity & { sid?: string | undefined }

/** Facts about the peer that a proxy cannot forge unless it is trusted. */
export interface Peer {
  ip: string
}

/** Turns an access token into an identity. Rejects with `TokenRefused` and nothing else. */
export interface Authenticator {
  authenticate(token: string, peer?: Peer): Promise<SignedIn>
}

export class TokenRefused extends Error {
  override name = 'TokenRefused'
}

/** What a live room needs to know of its stream. Times are Unix ms, 0 when not yet. */
export interface StreamFacts {
  id: string
  channelId: string
  channel: string
  title: string
  /** Name of the channel, as people read it. */
  name: string
  avatarUrl: string | null
  category: Category | null
  language: string | null
  country: string | null
  hostId: string
  medium: StreamMedium
  phase: StreamPhase
  startedAt: number
  endedAt: number
}

/** Why somebody may not enter. The codes are part of the protocol. */
export type AdmissionRefusal = 'banned' | 'blocked' | 'not_found'
/**
 * `isMarked`: on a shared list the channel follows; what they say is held. They are not told.
 * `isOver`: what they may enter has ended. `medium`: what it is made of, video unless told.
 */
export type Admission =
  | {
      role: Role
      standing?: Standing
      isMarked?: boolean
      isOver?: boolean
      medium?: StreamMedium
    }
  | { refused: AdmissionRefusal }
export type Admitted = Exclude<Admission, { refused: AdmissionRefusal }>

export interface Streams {
  /** The stream, or null when no such stream exists. */
  find(streamId: string): Promise<StreamFacts | null>
  /**
   * Role of a person in a stream's room: its host, a moderator (of the channel or the platform) or
   * a viewer; or why they may not enter: suspended (`banned`), blocked by the host (`blocked`).
   */
  admit(streamId: string, identity: Identity): Promise<Admission>
  /** pending → live. Resolves false when the stream was not pending. */
  start(streamId: string, atMs: number): Promise<boolean>
  /**
   * live → ended, numbers stored with it. Resolves with them as kept, `newFollows` counted;
   * null when the stream was not live.
   */
  end(streamId: string, atMs: number, numbers: StreamNumbers): Promise<StreamNumbers | null>
  /** Another title or category. Resolves false when the stream is over. */
  update(streamId: string, change: { title?: string; category?: Category | null }): Promise<boolean>
  /** Saves the running numbers so that a crash loses at most a minute of them. */
  checkpoint(streamId: string, numbers: StreamNumbers): Promise<void>
  /** The last checkpoint or end numbers, or null. */
  numbers(streamId: string): Promise<StreamNumbers | null>
}

/** An entry with its name, as the archive keeps it. */
export interface LogRecord {
  type: string
  entry: Entry & Record<string, unknown>
}

/** The kept log of rooms. Writes are batched; the room never waits for them. */
export interface LogArchive {
  /**
   * Claims the next epoch of a room and says where its log stands: `seq` goes on from `head`.
   * `lost` is called once when somebody else claims a later one: nothing more is taken then.
   * `prove` is asked, once the epoch is claimed, for the highest number ever given out, if that is
   * known elsewhere; otherwise the numbers jump over all that may have been.
   */
  open(
    roomId: string,
    lost?: () => void,
    prove?: (epoch: number) => Promise<number | undefined>,
  ): Promise<{ epoch: number; head: number }>
  /** Newest `limit` records, oldest first. */
  tail(roomId: string, limit: number): Promise<LogRecord[]>
  /** Takes records for writing, in order. False when its bounded queue is full: nothing taken. */
  append(roomId: string, epoch: number, records: LogRecord[]): boolean
  /** The same for records that replace those stored under their `seq`. */
  amend(roomId: string, epoch: number, records: LogRecord[]): boolean
  /** Resolves when everything appended so far is stored. */
  flush(): Promise<void>
  /** The same, and forgets the room: it is not running any more. */
  closeRoom(roomId: string, epoch: number): Promise<void>
}

export interface Logger {
  debug(facts: object, text: string): void
  info(facts: object, text: string): void
  warn(facts: object, text: string): void
  error(facts: object, text: string): void
}

/** Counters and timings of the rooms; the server turns them into Prometheus metrics. */
export interface RoomMeter {
  /** One command done: `outcome` is `ok`, a refusal code or `unavailable`. */
  command(room: string, command: string, outcome: string, tookMs: number): void
  /** One frame written to `sockets` sockets; `bytes` are those of all of them. */
  frame(room: string, entries: number, bytes: number, sockets: number): void
  closed(room: string, reason: string): void
  /** A frame was not written to `sockets` lagging sockets. */
  skipped(room: string, sockets: number): void
  /** A frame was written to `sockets` slow sockets without what may be spared. */
  thinned(room: string, sockets: number): void
  resynced(room: string): void
}

/** Time, randomness and ids, injected so that a failing run is a seed. */
export interface World {
  /** Unix ms. */
  readonly now: () => number
  /** UUIDv7. */
  readonly newId: () => string
  /** In [0, 1). */
  readonly random: () => number
}

/** How bad a text is, from 0 to 1, and why. */
export interface TextVerdict {
  score: number
  category: ScoreCategory
  /** What was found in it, as it was written. */
  matches: string[]
}

/** What an outside reviewer says of a line. */
export type ReviewVerdict =
  | { decision: 'allow' }
  | { decision: 'deny' }
  | { decision: 'rewrite'; text: string }
  /** It did not answer in time; the channel says whether that lets lines through. */
  | { decision: 'away'; letsThrough: boolean }

/** What a moderator does, before it is written. */
export interface NewAction {
  kind: ActionKind
  channelId: string
  streamId: string
  by: Person
  target: { id: string; name: string } | null
  reason: string | null
  /** With `timeout` and `ban`: Unix ms, null for no end. */
  until?: number | null
  /** Lines it takes out or decides about, kept for the audit log. */
  lines?: { id: string; userId: string; text: string }[]
  /** Anything else worth keeping: modes before and after, the role granted. */
  details?: Record<string, unknown>
}

/** Something else that takes lines out of a stream's room and was not undone. */
export interface StandingRemoval {
  actionId: string
  /** Unix ms; lines said later stay. */
  at: number
  /** One person's lines, single ones, or all there are. */
  of: { userId: string } | { lineIds: string[] } | { streamId: string }
}

export interface Undone {
  undone: ActionTaken
  action: ActionTaken
  /** What covers lines of the room still, the newest first. */
  standing: StandingRemoval[]
}

export interface Moderation {
  score(text: string): TextVerdict
  /** Asks the channel's outside reviewer; null when it has none. Never rejects. */
  review(
    channelId: string,
    line: { id: string; text: string; from: { id: string; name: string } },
  ): Promise<ReviewVerdict | null>
  /** Writes an action, what it causes and its audit record, all or nothing. */
  take(
    action: NewAction,
  ): Promise<{ action: ActionTaken; sanction?: Sanction } | { refused: ModerationRefusalCode }>
  /** Undoes an action that is not too old, once; tells what it was. */
  undo(options: {
    actionId: string
    channelId: string
    streamId: string
    by: Person
  }): Promise<Undone | { refused: ModerationRefusalCode }>
  /** What follows from a line over the upper threshold: a flag and an escalating mute. */
  punish(options: {
    channelId: string
    streamId: string
    person: Person
    text: string
    verdict: TextVerdict
  }): Promise<Sanction | null>
  /** A flag without a reporter: a line between the thresholds. */
  flag(options: {
    channelId: string
    streamId: string
    lineId: string
    person: Person
    text: string
    verdict: TextVerdict
  }): Promise<void>
}

/** What a live room asks about its channel. */
export interface ChannelDesk {
  chat(channelId: string): Promise<{
    modes: ChatModes
    /** Hold lines between the thresholds instead of warning. */
    holdSuspicious: boolean
    hasReviewer: boolean
    emotes: { code: string; id: string }[]
  }>
  saveModes(channelId: string, modes: ChatModes): Promise<void>
  /** Unix ms since when the person follows the channel, or null. */
  followedAt(channelId: string, userId: string): Promise<number | null>
}

/** Who is live now, told by live rooms, read by lobbies; heartbeats keep it true. */
export interface Directory {
  publish(card: StreamCardFacts): void
  withdraw(streamId: string): void
  /**
   * Those known now, then cards as they come; null for one that was withdrawn or has been silent
   * for too long. The result stops it.
   */
  subscribe(listener: (streamId: string, card: RankedCard | null) => void): () => void
}
