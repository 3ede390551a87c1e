/**
 * What a recording is made of: segments of lines, each decoded alone. Written by the stage, read by
 * the SDK and `replay verify`. Plain data, so that a recording outlives the schema it was made of.
 */

/** State as plain data: objects for schemas, maps and arrays for their collections. */
export type PlainState = Readonly<Record<string, unknown>>

/** First line of a segment. */
export interface SegmentHead {
  /** Version of this format. */
  odeon: 1
  room: string
  kind: string
  epoch: number
  /** Number of the segment in its epoch, from 0. */
  n: number
  /** Unix ms at which it begins. */
  at: number
  /** Highest seq of the log before its first frame. */
  head: number
  /** The state before its first frame. */
  state: PlainState
  /** Chain over the entries of this epoch before it. */
  log: string
  /** What came right before it was not recorded. */
  isAfterHole: boolean
}

/** One frame: Unix ms, highest seq after it, its entries as name and time, what changed. */
export type FrameLine = [at: number, head: number, entries: [string, number][], change: unknown]

/** Says what whoever has read so far must hold. */
export interface CheckLine {
  /** Frames of this segment so far. */
  check: number
  /** First 16 hex digits of the SHA-256 of the state's canonical text. */
  state: string
  /** Chain over the entries of this epoch so far. */
  log: string
}

export interface Segment {
  head: SegmentHead
  frames: FrameLine[]
  /** Each with the number of frames before it. */
  checks: CheckLine[]
}

/** A line: eight hex digits of CRC-32 over the JSON behind them. */
const sumChars = 9

/** Maps travel as `{"$map": [[key, value], …]}`; field names never begin with `$`. */
const dressed = (_key: string, value: unknown): unknown =>
  value instanceof Map ? { $map: [...value] } : value

const undressed = (_key: string, value: unknown): unknown => {
  const pairs = (value as { $map?: [string, unknown][] } | null)?.$map
  return pairs === undefined ? value : new Map(pairs)
}

export const lineJson = (value: SegmentHead | FrameLine | CheckLine): string =>
  JSON.stringify(value, dressed)

/** Reads the lines that are whole. With `sumOf` (CRC-32 of a text) it ends before a wrong one. */
export function readSegment(text: string, sumOf?: (json: string) => string): Segment {
  const segment: { head?: SegmentHead } & Omit<Segment, 'head'> = { frames: [], checks: [] }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  for (const line of whole.split('\n')) {
    const json = line.slice(sumChars)
    if (json === '' || (sumOf && sumOf(json) !== line.slice(0, sumChars - 1))) break
    const read = JSON.parse(json, undressed) as SegmentHead | FrameLine | CheckLine
    if (Array.isArray(read)) segment.frames.push(read)
    else if ('check' in read) segment.checks.push(read)
    else segment.head = read
  }
  if (segment.head?.odeon !== 1) throw new Error('these bytes are no segment of a recording')
  return segment as Segment
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)

/** `state` with a change in it; what did not change is the same object in both. */
export function changed(state: unknown, change: unknown): unknown {
  if (!isRecord(state) || !isRecord(change)) return change
  const next: Record<string, unknown> = { ...state }
  for (const [name, value] of Object.entries(change)) next[name] = changed(state[name], value)
  return next
}

/** What turns `before` into `after`; undefined when they say the same. */
export function changeBetween(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return undefined
  if (!isRecord(before) || !isRecord(after)) {
    return canonical(before) === canonical(after) ? undefined : after
  }
  const change: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(after)) {
    const inside = changeBetween(before[name], value)
    if (inside !== undefined) change[name] = inside
  }
  return Object.keys(change).length > 0 ? change : undefined
}

/** The one text of a value, whatever order its parts came in. */
export function canonical(value: unknown): string {
  if (value instanceof Map) {
    const pairs = [...value].sort(([one], [other]) => (one < other ? -1 : 1))
    return `m[${pairs.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}]`
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isRecord(value)) return JSON.stringify(value ?? null)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
}
