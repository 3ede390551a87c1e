/**
 * Everything rooms need from outside, as small interfaces. `server/src/compose.ts` supplies the
 * real ones; action tests supply plain objects.
 */
import type { Entry, Role } from './kit/protocol.ts'
import type { StreamNumbers, StreamPhase } from './live/protocol.ts'

/** Who a verified token says is asking. Made by the server, never taken from a client. */
export interface Identity {
  userId: string
  name: string
  kind: 'account' | 'guest'
  platformRole: 'user' | 'moderator' | 'admin'
}

/** Facts about the peer that a proxy cannot forge unless it is trusted. */
export interface Peer {
  ip: string
}

/** Turns an access token into an identity. Rejects with `TokenRefused` and nothing else. */
export interface Authenticator {
  authenticate(token: string, peer?: Peer): Promise<Identity>
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
  hostId: string
  phase: StreamPhase
  startedAt: number
  endedAt: number
}

/** Why somebody may not enter. The codes are part of the protocol. */
export type AdmissionRefusal = 'banned' | 'blocked' | 'not_found'
export type Admission = { role: Role } | { refused: AdmissionRefusal }

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
  /** live → ended, numbers stored with it. Resolves false when the stream was not live. */
  end(streamId: string, atMs: number, numbers: StreamNumbers): Promise<boolean>
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
  /** Claims the next epoch of a room and says where its log stands: `seq` goes on from `head`. */
  open(roomId: string): Promise<{ epoch: number; head: number }>
  /** Newest `limit` records, oldest first. */
  tail(roomId: string, limit: number): Promise<LogRecord[]>
  /** Takes records for writing, in order. False when its bounded queue is full: nothing taken. */
  append(roomId: string, epoch: number, records: LogRecord[]): boolean
  /** Resolves when everything appended so far is stored. */
  flush(): Promise<void>
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
  /** One frame written to `sockets` sockets; `bytes` is one copy of it. */
  frame(room: string, entries: number, bytes: number, sockets: number): void
  closed(room: string, reason: string): void
  /** A frame was not written to `sockets` lagging sockets. */
  skipped(room: string, sockets: number): void
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
