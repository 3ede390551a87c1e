/**
 * What a journal's bytes hold: a frame with all that relays and a successor need beside what
 * viewers get, a snapshot, or a word that the writer lives.
 */
import { Packr, unpack } from 'msgpackr'
import type { LogRecord } from '../../ports.ts'
import type { Outcome } from '../answers.ts'
import type { KnownMember } from '../member.ts'
import type { Role } from '../protocol.ts'

/** A command that was done: a retry of it gets the same answer from a successor. */
export interface Done {
  key: string
  name: string
  print: string
  reply: unknown
  at: number
}

/** Said behind a frame to the sockets of some members, wherever they are. */
export interface Told {
  to: readonly string[]
  /** A ready WebSocket frame. */
  frame: Buffer
}

/** An answer to a command that came through a relay. */
export interface RelayReply {
  relay: string
  ref: number
  outcome: Outcome
}

/** For relays and a successor; viewers never get any of it. */
export interface Hidden {
  told?: Told[]
  replies?: RelayReply[]
  /** Members put out. */
  dismissed?: string[]
  roles?: { id: string; role: Role }[]
  /** Entries replaced since the last frame, as `[type, entry]`. */
  amended?: [string, LogRecord['entry']][]
  done?: Done[]
  /** Changed parts of what the room remembers beside state and log. */
  memory?: Record<string, unknown>
  /** Newest batch taken from each relay. */
  taken?: Record<string, number>
  /** Relays that speak and are not known: they must introduce themselves. */
  strangers?: string[]
  /** The writer ends here on purpose: a successor may begin at once. */
  isLast?: true
}

export interface JournalRecord {
  readonly epoch: number
  /** From 1 in each epoch, without a hole. */
  readonly n: number
  /** Highest seq of the log after this frame. */
  readonly head: number
  /** How many entries are in it; they end at `head`. */
  readonly entries: number
  /** So many bytes at the start of `chunk` are the state patch. */
  readonly patchBytes: number
  /** Patch and entries as WebSocket frames, concatenated: what viewers get. May be empty. */
  readonly chunk: Buffer
  /** The whole state after this frame as a ready frame; not in every record. */
  readonly full: Buffer | undefined
  readonly hidden: Hidden | undefined
  /** Unix ms at which it was made. */
  readonly at: number
}

/** Everything a successor needs that records after it do not say. */
export interface Snapshot {
  readonly epoch: number
  /** It holds all records up to this one. */
  readonly n: number
  readonly head: number
  /** First seq of its epoch. */
  readonly epochFrom: number
  /** From this epoch on a number has meant the same. */
  readonly sameSince: number
  readonly full: Buffer
  /** Newest entries as WebSocket frames, ending at `head`. */
  readonly log: Buffer
  readonly entries: number
  readonly memory: Record<string, unknown>
  readonly done: Done[]
  /** A successor waits for them. */
  readonly members: KnownMember[]
  readonly taken: Record<string, number>
  readonly at: number
}

/** The writer lives; its newest record is `n`. */
export interface Beat {
  readonly epoch: number
  readonly n: number
  readonly at: number
}

const kinds = { record: 1, beat: 2, snapshot: 3 } as const
const packr = new Packr({ useRecords: false })

export function packRecord(record: JournalRecord): Buffer {
  const { epoch, n, head, entries, patchBytes, chunk, full = null, hidden = null, at } = record
  return packed([kinds.record, epoch, n, head, entries, patchBytes, chunk, full, hidden, at])
}

export function packBeat({ epoch, n, at }: Beat): Buffer {
  return packed([kinds.beat, epoch, n, at])
}

export function packSnapshot(snapshot: Snapshot): Buffer {
  return packed([kinds.snapshot, snapshot])
}

export function unpackSnapshot(bytes: Buffer): Snapshot {
  const [kind, snapshot] = unpack(bytes) as [number, Snapshot]
  if (kind !== kinds.snapshot) throw new Error('these bytes hold no snapshot')
  return snapshot
}

export type Heard = { kind: 'record'; record: JournalRecord } | { kind: 'beat'; beat: Beat }

/** What a follower hears. Throws on bytes that are neither. */
export function unpackHeard(bytes: Buffer): Heard {
  const parts = unpack(bytes) as unknown[]
  if (parts[0] === kinds.record) return { kind: 'record', record: recordOf(parts) }
  if (parts[0] !== kinds.beat) throw new Error('these bytes hold neither record nor beat')
  const [, epoch, n, at] = parts as [number, number, number, number]
  return { kind: 'beat', beat: { epoch, n, at } }
}

export function unpackRecord(bytes: Buffer): JournalRecord {
  return recordOf(unpack(bytes) as unknown[])
}

function recordOf(parts: unknown[]): JournalRecord {
  const [kind, epoch, n, head, entries, patchBytes, chunk, full, hidden, at] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    Buffer,
    Buffer | null,
    Hidden | null,
    number,
  ]
  if (kind !== kinds.record) throw new Error('these bytes hold no record')
  const areNumbers = [epoch, n, head, entries, patchBytes].every(isCount)
  if (!areNumbers || !Buffer.isBuffer(chunk)) throw new TypeError('a record of an unknown shape')
  return {
    epoch,
    n,
    head,
    entries,
    patchBytes,
    chunk,
    full: full ?? undefined,
    hidden: hidden ?? undefined,
    at,
  }
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

/** A copy, because the packer goes on writing where it wrote this. */
function packed(parts: unknown[]): Buffer {
  return Buffer.from(packr.pack(parts))
}
