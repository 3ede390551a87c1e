/** What a journal tells a successor: state, log, memory, members, as the last writer left them. */
import { Protocol } from '@colyseus/core'
import { decode, Decoder, type Schema } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import type { LogRecord } from '../../ports.ts'
import type { KnownMember } from '../member.ts'
import type { Remembered } from '../memory.ts'
import { splitFrames } from '../wire.ts'
import { isBefore, type Kept, type KeptSize } from './journal.ts'
import {
  type Done,
  type Hidden,
  type JournalRecord,
  type Snapshot,
  unpackRecord,
  unpackSnapshot,
} from './record.ts'

export interface Past {
  /** The epoch that was written last. */
  epoch: number
  head: number
  /** First seq of that epoch; 1 where nobody knows, so that no reader of another is trusted. */
  epochFrom: number
  /** Payloads that make the state, the whole one first; empty when it cannot be made. */
  state: Buffer[]
  /** What is known of the log, oldest first, as it reads now. */
  log: LogRecord[]
  /** Entries that were replaced in the records. */
  amended: LogRecord[]
  memory: Remembered
  done: Done[]
  members: KnownMember[]
  taken: Record<string, number>
  /** From this epoch on a number has meant the same: each went on where the last ended. */
  sameSince: number
  /** Number of the newest record in its epoch. */
  n: number
  /** Unix ms of the newest record or snapshot. */
  at: number
  /** What the records take, oldest first. */
  kept: KeptSize[]
}

/**
 * Folds what was kept; undefined when nothing was. What is no record, or of a shape that this
 * version does not know, is told to `unread` and passed over as if it were missing.
 */
export function readPast(
  { snapshot, records }: Kept,
  unread: (error: unknown) => void,
): Past | undefined {
  const attempt = <Made>(work: () => Made): Made | undefined => {
    try {
      return work()
    } catch (error) {
      unread(error)
      return undefined
    }
  }
  const base = snapshot && attempt(() => startingFrom(unpackSnapshot(snapshot)))
  const kept: KeptSize[] = []
  const later = records.flatMap((bytes) => {
    const read = attempt(() => readRecord(bytes))
    // Where one stands that cannot be read only its neighbours know.
    const { epoch, n } = read?.record ?? kept.at(-1)?.at ?? { epoch: 0, n: 0 }
    kept.push({ at: { epoch, n }, bytes: bytes.byteLength })
    return read ?? []
  })
  if (base === undefined && later.length === 0) return undefined
  const past = base ?? startingFrom(undefined)
  const from = { epoch: past.epoch, n: past.n }
  for (const read of later) {
    if (isBefore(from, read.record)) take(past, read)
    else takeLog(past, read)
  }
  past.log = inOrder(past)
  past.kept = kept
  return past
}

/** The state those payloads make, as a tree of its own that may be written. */
export function stateOf<State extends Schema>(payloads: readonly Buffer[], blank: State): State {
  const decoder = new Decoder(blank)
  for (const payload of payloads) decoder.decode(payload, { offset: 1 })
  return decoder.state.clone()
}

function startingFrom(base: Snapshot | undefined): Past {
  if (base === undefined) {
    const nothing = { state: [], log: [], amended: [], memory: {}, done: [], members: [], kept: [] }
    return { epoch: 0, head: 0, epochFrom: 1, sameSince: 0, ...nothing, taken: {}, n: 0, at: 0 }
  }
  const { epoch, n, at, head, epochFrom, sameSince, memory, done, members, taken } = base
  const state = splitFrames(base.full)
  const log = splitFrames(base.log).map(entryIn)
  const numbers = { epoch, n, at, head, epochFrom, sameSince }
  return { ...numbers, state, log, amended: [], memory, done, members, taken, kept: [] }
}

interface ReadRecord {
  record: JournalRecord
  /** The frames of a whole state, if it has one, and those of its patch. */
  full: Buffer[] | undefined
  patch: Buffer[]
  said: LogRecord[]
}

function readRecord(bytes: Buffer): ReadRecord {
  const record = unpackRecord(bytes)
  const { chunk, patchBytes, full } = record
  return {
    record,
    full: full && splitFrames(full),
    patch: splitFrames(chunk.subarray(0, patchBytes)),
    said: splitFrames(chunk.subarray(patchBytes)).map(entryIn),
  }
}

function take(past: Past, read: ReadRecord): void {
  const { record, full, patch } = read
  const { epoch, n, head, hidden = {}, at } = record
  if (epoch !== past.epoch) enter(past, record)
  // Behind a hole the state is unknown until a record has all of it.
  if (epoch !== past.epoch || n !== past.n + 1) past.state = []
  Object.assign(past, { epoch, n, head, at })
  if (full !== undefined) past.state = full
  // Without a whole state before it a patch means nothing.
  else if (past.state.length > 0) past.state.push(...patch)
  past.done.push(...(hidden.done ?? []))
  Object.assign(past.memory, hidden.memory)
  Object.assign(past.taken, hidden.taken)
  takeMembers(past, hidden)
  takeLog(past, read)
}

/** Of those who were here: who was put out is not, and roles are as they were given last. */
function takeMembers(past: Past, { dismissed = [], roles = [] }: Hidden): void {
  if (dismissed.length + roles.length === 0) return
  const out = new Set(dismissed)
  const roleOf = new Map(roles.map(({ id, role }) => [id, role]))
  past.members = past.members
    .filter(({ identity }) => !out.has(identity.userId))
    .map((one) => ({ ...one, role: roleOf.get(one.identity.userId) ?? one.role }))
}

/** Another writer: what it goes on from is known from its first record alone. */
function enter(past: Past, { epoch, n, head, entries }: JournalRecord): void {
  const before = head - entries
  const isGoingOn = n === 1 && past.epoch > 0 && before === past.head
  if (!isGoingOn) past.sameSince = epoch
  past.epochFrom = n === 1 ? before + 1 : 1
}

/** Records from before the snapshot still tell of the log. */
function takeLog(past: Past, { record, said }: ReadRecord): void {
  past.log.push(...said)
  for (const [type, entry] of record.hidden?.amended ?? []) {
    past.amended.push({ type, entry })
  }
}

/** Once each, by number; what was replaced as it reads now. */
function inOrder({ log, amended }: Past): LogRecord[] {
  const bySeq = new Map<number, LogRecord>()
  // A snapshot comes first and has its entries as they read when it was taken.
  for (const record of log) if (!bySeq.has(record.entry.seq)) bySeq.set(record.entry.seq, record)
  for (const record of amended) {
    if (bySeq.has(record.entry.seq)) bySeq.set(record.entry.seq, record)
  }
  return [...bySeq.values()].sort((one, other) => one.entry.seq - other.entry.seq)
}

/** The entry in the payload of an event's frame. */
export function entryIn(payload: Buffer): LogRecord {
  const at = { offset: 1 }
  if (payload[0] !== Protocol.ROOM_DATA) throw new Error('not an event')
  const type = decode.string(payload, at)
  return { type, entry: unpack(payload.subarray(at.offset)) as LogRecord['entry'] }
}
