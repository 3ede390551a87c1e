/**
 * What every room says, whatever its kind: roles, entries, refusals, close codes, bounds.
 * Capabilities add their own names and shapes in their own `protocol.ts`.
 */
import { z } from 'zod'
import type { Problem } from './problem/protocol.ts'

export * from './problem/protocol.ts'
export * from './recording/protocol.ts'

/** Who a member may be in a room, least to most. */
export const roles = ['viewer', 'moderator', 'host'] as const
export type Role = (typeof roles)[number]

/** A person as others see them in entries. */
export interface Person {
  id: string
  name: string
  role: Role
}

/** One line of a room's log. `seq` counts from 1 inside an `epoch`; `at` is Unix time in ms. */
export interface Entry {
  seq: number
  at: number
}

/**
 * Every bound of the kit, with its unit in its name. Capabilities keep theirs beside these.
 * Sources: docs/spec.md, chapter "Bounds".
 */
export const kitLimits = {
  /** Largest message a member may send, after which the socket closes with 1009. */
  inboundBytesMax: 16 * 1024,
  /** Messages a socket may send in one second; over it the socket closes with `flooding`. */
  inboundPerSecondMax: 60,
  /** Time a new socket has to confirm the join before it closes with `joinTimeout`. */
  joinDeadlineMs: 10_000,
  /** How long a member who lost the connection stays in the room, unseen by the others. */
  resumeWindowMs: 120_000,
  /** Bytes queued for one socket beyond which frames are skipped and the client is resynced. */
  queuedBytesMax: 256 * 1024,
  /** Bytes queued for one socket from which on it gets thin frames, and below which whole ones. */
  thinFromBytes: 16 * 1024,
  thinUntilBytes: 2 * 1024,
  /** A client that has not drained its queue for this long is dropped as `slowConsumer`. */
  slowGraceMs: 10_000,
  /** Entries a joiner receives, and the bytes they may take together. */
  backlogEntriesMax: 100,
  backlogBytesMax: 64 * 1024,
  /** Entries and bytes a room keeps in memory to fill the gap of a returning client. */
  logEntriesMax: 8_192,
  logBytesMax: 4 * 1024 * 1024,
  /** Bytes of entries one `log.read` answers; the rest comes with the next read. */
  replayBytesMax: 64 * 1024,
  /** Bytes of frames a room's journal keeps, and as many that wait while it is away. */
  journalBytesMax: 4 * 1024 * 1024,
  /** A snapshot is taken when so much was written since the last one, or so long ago. */
  snapshotBytes: 1024 * 1024,
  snapshotEveryMs: 10_000,
  /** Entries of the log in a snapshot, and the bytes they may take together. */
  snapshotLogEntriesMax: 2_048,
  snapshotLogBytesMax: 512 * 1024,
  /** Members in a snapshot; more than these come by relays, which know them. */
  snapshotMembersMax: 5_000,
  /** Bytes of patches after which a relay is sent the whole state again. */
  fullAfterBytes: 256,
  /**
   * What a relay says goes in batches, one for each so many ms of the clock, at most so many items;
   * so many batches untaken.
   */
  relayBatchMs: 50,
  relayBatchMax: 256,
  relayUntakenMax: 500,
  /**
   * Comings and goings that a relay keeps while nobody takes them; more than it may have people. At
   * more they are let go, and everybody who is there is named when somebody takes them again.
   */
  relayPresenceMax: 20_000,
  /** Commands of a relay without an answer; one that gets none for so long is given up. */
  relayAsksMax: 5_000,
  relayAnswerMs: 15_000,
  /** Batches that were not taken for so long are said again, so many at once. */
  relaySayAgainMs: 1_000,
  relaySayAgainMax: 64,
  /** How often it is logged that a relay is not understood. */
  relayUnreadEveryMs: 60_000,
  /** How often relay and writer show that they live. */
  relayBeatMs: 500,
  /** A relay that was silent for so long is gone; its members are waited for. */
  relaySilentMs: 5_000,
  /** A writer that was silent for so long is gone; a relay looks for a successor. */
  writerSilentMs: 1_500,
  /**
   * A writer that has not reached its journal for so long takes nothing: another may have the room.
   * Less than after what time its process is held for dead, the pause between its signs included.
   */
  writerCutOffMs: 1_500,
  /** Pause between two tries to find a successor. */
  successionEveryMs: 500,
  /** Records a follower reads at once when it missed some. */
  followReadMax: 500,
  /** Pause before the journal is tried again. */
  journalRetryMs: 250,
  /** Entries the archive has not taken yet beyond which commands are refused `busy`. */
  unarchivedMax: 2_000,
  /** Bytes waiting for the next frame beyond which commands are refused `busy`. */
  pendingBytesMax: 96 * 1024,
  /** Sockets of one member in one room; the oldest one closes with `replaced`. */
  socketsPerMemberMax: 5,
  /** Seats one person may hold reserved without having connected. */
  pendingSeatsMax: 3,
  /** Answers kept per room so that a retried command gets its first answer again. */
  answersMax: 20_000,
  answersKeptMs: 10 * 60_000,
  /** Of these, the newest that a successor gets with a snapshot. */
  answersTakenOverMax: 500,
  /** Commands of one member waiting for their answer at the same time. */
  inFlightPerMemberMax: 16,
  /** Audience up to which output leaves at once instead of waiting for a tick. */
  immediateAudienceMax: 50,
  /** Shortest time between two frames of a larger room. */
  tickMs: 50,
  /** Socket writes per second one room may cause: `audience × ticks/s`. */
  writesPerSecond: 100_000,
  /** Sockets of a relay that get a frame together; more of them take turns. */
  laneSocketsMax: 2_000,
  /** Every lane has its turn within so long, though the passes of all together take longer. */
  laneBeatMsMax: 700,
  /** Rest between two passes of all lanes as a multiple of the time that one takes. */
  laneRestPerPass: 1,
  /** Rest between two frames as a multiple of the time that one takes; at most so long. */
  restPerPass: 3,
  frameEveryMsMax: 1_000,
  /**
   * Work on many sockets is done in slices of so many, each ending when its time is over; the clock
   * is looked at behind every so many.
   */
  sliceSocketsMax: 500,
  sliceMs: 3,
  sliceLookEverySockets: 32,
  /**
   * Every socket is pinged so often, and cut when nothing came from it so long after its ping: a
   * peer that dies is found within a minute, the time it takes to ping a crowd included.
   */
  pingEveryMs: 45_000,
  pingAnswerMs: 10_000,
  /** Sockets a room has in this process from which on newcomers are offered compression. */
  deflateOfferFromSockets: 50,
  /** Sockets that took the offer from which on a frame is deflated for all of them, once. */
  deflateForSocketsMin: 100,
  /** Messages of a frame that are deflated, and the share at most that must be left of one. */
  deflateFromBytes: 512,
  deflateUpToBytes: 256 * 1024,
  deflatedShareMax: 0.9,
  /** Deflated messages a socket may send in a second; over it the socket closes with 1008. */
  inflatesPerSecondMax: 120,
} as const

/**
 * Codes with which a room closes a socket, each a violation by the peer or a state it must know.
 * They lie in the private range and mirror HTTP. 4000 (left), 4001 (shutdown), 4003 (cannot
 * resume) and 4010 (may resume) are Colyseus' own.
 */
export const closeCodes = {
  malformed: 4400,
  unauthenticated: 4401,
  removed: 4403,
  joinTimeout: 4408,
  replaced: 4409,
  flooding: 4429,
  slowConsumer: 4413,
  /** Our mistake: another try may do. */
  failed: 4500,
  /** The room runs in another process now: a new seat leads there. */
  moved: 4421,
} as const
export type CloseReason = keyof typeof closeCodes

/** Refusals any command may answer with. A capability adds its own. */
export const kitRefusals = {
  invalid: 'That message is not valid.',
  not_allowed: 'You may not do that here.',
  rate_limited: 'Too fast. Wait a moment.',
  busy: 'The room is very busy. Try again in a moment.',
  unknown_command: 'This room does not know that command.',
  request_reused: 'That request id was used for something else.',
  unavailable: 'Something went wrong on our side. Try again.',
} as const
export type KitRefusalCode = keyof typeof kitRefusals

/** What a refused asker gets; nobody else learns of it. */
export interface RefusalBody {
  code: string
  message: string
  /** With `invalid`: what is wrong with which field. */
  fields?: Record<string, string>
  /** The same as codes, of those that are on the list. */
  problems?: Record<string, Problem>
  retryAfterMs?: number
  /** Set with `unavailable`: quote it when asking for help. */
  requestId?: string
}

/** Client-made id that makes a command safe to retry: 8–64 of `A–Z a–z 0–9 _ -`. */
export const requestId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

/** `log.read` asks for what came after `after`. It is a read and may be repeated at will. */
export const logRead = z
  .strictObject({
    epoch: z.number().int().nonnegative(),
    after: z.number().int().nonnegative(),
    requestId: requestId.optional(),
  })
  .transform(({ epoch, after }) => ({ epoch, after }))

/**
 * The answer to `log.read`, sent after the entries themselves.
 * `recovered: false` means that `missedFrom … missedTo` cannot be had here any more
 * (for another epoch: of what came before this one, `missedTo` is the last that is missing).
 */
export type LogReadReply =
  | { epoch: number; recovered: true; to: number; more: boolean }
  | {
      epoch: number
      recovered: false
      missedFrom: number
      missedTo: number
      to: number
      more: boolean
    }

/** First message after the full state: where the log stands, who the member is here. */
export interface Welcome {
  epoch: number
  /** Highest `seq` of the log; entries up to it that follow are history, later ones are live. */
  head: number
  /** `seq` of the first entry of the backlog that follows, or `head + 1` when none follows. */
  from: number
  /** How many entries of history follow; they may have holes where the room was restarted. */
  backlog: number
  you: Person
  /** How this person stands in a room that has such a thing; its shape is the room's. */
  standing?: object
  serverTime: number
}

/** Sent after frames were skipped for a slow client: read the log from where you stand. */
export interface Resync {
  epoch: number
  head: number
}

/**
 * Sent to a slow reader in front of entries: those with these numbers, both ends included, were
 * left out for it alone and may be read from the log or the archive.
 */
export interface Sampled {
  epoch: number
  skipped: [from: number, to: number][]
}

/** Options a client may pass when joining. */
export const joinOptions = z
  .object({
    /** Entries of history wanted, newest last. A returning client asks for 0 and reads the gap. */
    backlog: z.number().int().min(0).max(kitLimits.backlogEntriesMax).optional(),
  })
  .loose()

/** Names of the kit's own messages on the wire. */
export const kitMessages = {
  welcome: 'room.welcome',
  resync: 'room.resync',
  sampled: 'room.sampled',
  refused: 'room.refused',
} as const
