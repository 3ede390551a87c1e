/** Folds a recording and compares it with what it says of itself, segment by segment. */
import { createHash } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import { chained, shortHash, sumOf } from '@odeon/rooms'
import { canonical, changed, type CheckLine, readSegment } from '@odeon/rooms/protocol'

export interface StoredSegment {
  /** `<epoch>-<n>-<beginning of the hash of its bytes>`. */
  name: string
  /** Null when it is listed and nowhere to be had. */
  bytes: Buffer | null
}

/** An entry as the log has it now. */
export interface KeptEntry {
  seq: number
  at: number
  type: string
}

export interface VerifiedSegment {
  name: string
  startedAt: number
  endedAt: number
  headFrom: number
  head: number
  frames: number
  checks: number
  isAfterHole: boolean
  /** What is wrong with it; empty when nothing is. */
  faults: string[]
}

export interface Verified {
  segments: VerifiedSegment[]
  isGood: boolean
}

interface Before {
  epoch: number
  n: number
  head: number
  endedAt: number
  log: string
}

/** `entries` gives the log's entries of a stretch; without it the log is compared with itself. */
export async function verifySegments(
  stored: readonly StoredSegment[],
  entries?: (after: number, to: number) => Promise<KeptEntry[]>,
): Promise<Verified> {
  const segments: VerifiedSegment[] = []
  let before: Before | undefined
  for (const segment of stored.toSorted(inOrder)) {
    const { verified, after } = await verifyOne(segment, before, entries)
    segments.push(verified)
    before = after ?? before
  }
  const isGood = segments.length > 0 && segments.every(({ faults }) => faults.length === 0)
  return { segments, isGood }
}

async function verifyOne(
  { name, bytes }: StoredSegment,
  before: Before | undefined,
  entriesOf: ((after: number, to: number) => Promise<KeptEntry[]>) | undefined,
): Promise<{ verified: VerifiedSegment; after: Before | undefined }> {
  const nothing = { startedAt: 0, endedAt: 0, headFrom: 0, head: 0, frames: 0, checks: 0 }
  const faults: string[] = []
  const verified: VerifiedSegment = { name, ...nothing, isAfterHole: false, faults }
  if (bytes === null) {
    faults.push('it is missing: it is listed, and its store lost it')
    return { verified, after: undefined }
  }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  if (!name.endsWith(`-${hash}`)) faults.push('its bytes are not those its name says')
  const segment = readWhole(bytes, faults)
  if (segment === undefined) return { verified, after: undefined }
  const { head, frames, checks } = segment
  faults.push(...followFaults(head, before))
  const folded = fold(segment, faults)
  const last = frames.at(-1)
  Object.assign(verified, {
    startedAt: head.at,
    endedAt: last?.[0] ?? head.at,
    headFrom: head.head,
    head: last?.[1] ?? head.head,
    frames: frames.length,
    checks: checks.length,
    isAfterHole: head.isAfterHole,
  })
  const kept = await entriesOf?.(head.head, verified.head)
  if (kept !== undefined) faults.push(...logFaults(folded.entries, kept))
  const { epoch, n } = head
  const { head: reached, endedAt } = verified
  return { verified, after: { epoch, n, head: reached, endedAt, log: folded.log } }
}

function readWhole(bytes: Buffer, faults: string[]) {
  try {
    // As much as can be had, so that the place of the damage is known.
    const text = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
    const segment = readSegment(text, sumOf)
    const lines = 1 + segment.frames.length + segment.checks.length
    if (text.split('\n').length - 1 !== lines) faults.push(`line ${lines + 1} is damaged`)
    if (segment.checks.at(-1)?.check !== segment.frames.length) faults.push('its end is missing')
    return segment
  } catch (error) {
    faults.push(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

type Read = ReturnType<typeof readSegment>

/** How a segment goes on from the one before it; behind a marked hole it need not. */
function followFaults(head: Read['head'], before: Before | undefined): string[] {
  const faults: string[] = []
  if (before !== undefined && head.at < before.endedAt) faults.push('begins before the last ended')
  if (head.isAfterHole) return faults
  if (before === undefined) return head.n === 0 ? faults : ['what came before it is missing']
  if (head.epoch !== before.epoch || head.n !== before.n + 1) faults.push('does not follow')
  if (head.head !== before.head) faults.push(`begins at ${head.head}, not at ${before.head}`)
  if (head.log !== before.log) faults.push('its log does not go on from the last')
  return faults
}

/** State and log frame by frame, compared at every check. */
function fold({ head, frames, checks }: Read, faults: string[]) {
  const due = new Map<number, CheckLine>(checks.map((check) => [check.check, check]))
  const entries: KeptEntry[] = []
  let state: unknown = head.state
  let { log, head: seq, at: time } = head
  for (const [index, [at, upTo, named, change]] of frames.entries()) {
    if (at < time) faults.push(`frame ${index + 1} is earlier than the one before`)
    if (upTo !== seq + named.length) faults.push(`frame ${index + 1}: ${seq} to ${upTo} has a hole`)
    for (const entry of named) {
      seq += 1
      log = chained(log, seq, entry)
      entries.push({ seq, type: entry[0], at: entry[1] })
    }
    time = at
    seq = upTo
    if (change !== 0) state = changed(state, change)
    const check = due.get(index + 1)
    if (check && check.log !== log) faults.push(`log differs at frame ${index + 1}`)
    if (check && check.state !== shortHash(canonical(state))) {
      faults.push(`state differs at frame ${index + 1}`)
    }
  }
  return { log, entries }
}

function logFaults(recorded: readonly KeptEntry[], kept: readonly KeptEntry[]): string[] {
  const bySeq = new Map(kept.map((entry) => [entry.seq, entry]))
  const missing = recorded.filter(({ seq }) => !bySeq.has(seq))
  const others = recorded.filter(({ seq, type, at }) => {
    const entry = bySeq.get(seq)
    return entry !== undefined && (entry.type !== type || entry.at !== at)
  })
  return [
    ...(missing.length > 0 ? [`${missing.length} entries are not in the log`] : []),
    ...(others.length > 0 ? [`${others.length} entries are others in the log`] : []),
  ]
}

function inOrder({ name: one }: StoredSegment, { name: other }: StoredSegment): number {
  const [epoch = 0, n = 0] = one.split('-').map(Number)
  const [otherEpoch = 0, otherN = 0] = other.split('-').map(Number)
  return epoch - otherEpoch || n - otherN
}
