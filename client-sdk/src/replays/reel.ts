/** A recording as a row of parts without gaps: segments, and holes with words only. */

export interface ReplaySegment {
  name: string
  epoch: number
  startedAt: number
  endedAt: number
  headFrom: number
  head: number
  frames: number
  bytes: number
  isAfterHole: boolean
}

/** What the server says of a recording. Times are Unix ms. */
export interface ReplayFacts {
  status: 'ready' | 'recording' | 'none' | 'expired' | 'removed' | 'lost'
  startedAt: number
  durationMs: number
  segments: ReplaySegment[]
  pulse: number[]
  pulseMs: number
  /** Lines that the state quotes, by id, as they read now. */
  quoted: Record<string, { text: string; name: string }>
}

/** A stretch of the recording; in a hole only what was said is known, by its own times. */
export interface Part {
  index: number
  /** Unix ms; it ends before `to`. */
  from: number
  to: number
  /** Its entries are those after `headFrom` up to `head`. */
  headFrom: number
  head: number
  /** Undefined in a hole. */
  segment: ReplaySegment | undefined
}

/** Less than this between two segments is no hole. */
const slackMs = 2_000

export function partsOf({ segments, startedAt, durationMs }: ReplayFacts): Part[] {
  const end = startedAt + durationMs
  const parts: Part[] = []
  let from = startedAt
  let head = 0
  const add = (to: number, upTo: number, segment?: ReplaySegment) => {
    if (to <= from) return
    parts.push({ index: parts.length, from, to, headFrom: head, head: upTo, segment })
    from = to
    head = upTo
  }
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1]
    if (segment.isAfterHole && segment.startedAt - from > slackMs) {
      add(segment.startedAt, segment.headFrom)
    }
    // What was said before the stream began is its past.
    if (parts.length === 0) head = segment.headFrom
    const goesOn = next !== undefined && !next.isAfterHole
    const isLast = next === undefined && end - segment.endedAt <= slackMs
    const to = goesOn ? next.startedAt : isLast ? end : segment.endedAt
    // The end itself belongs to the last part.
    add(to, segment.head, segment)
  }
  add(end, Number.MAX_SAFE_INTEGER)
  return parts
}

/** Stretches without a segment, in ms since the start. */
export function holesOf(parts: readonly Part[], startedAt: number): { from: number; to: number }[] {
  return parts
    .filter(({ segment }) => segment === undefined)
    .map(({ from, to }) => ({ from: from - startedAt, to: to - startedAt }))
}

/** The part in which a time lies; the last one for the end. */
export function partAt(parts: readonly Part[], at: number): Part | undefined {
  return parts.findLast(({ from }) => from <= at) ?? parts[0]
}
