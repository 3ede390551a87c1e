/**
 * Writes one room down as its viewers see it. Taking a frame is putting it into a bounded queue;
 * everything else is done later, in slices, by whoever calls `work`.
 */
import { Decoder, type Schema } from '@colyseus/schema'
import type { Frame, FrameSink, RecordedRoom } from '../frame.ts'
import { splitFrames } from '../wire.ts'
import { plain } from './plain.ts'
import { changeBetween, type PlainState } from './protocol.ts'
import { type SegmentFacts, SegmentWriter } from './segment-writer.ts'

export const recordingLimits = {
  /** A segment is closed when it is that large or covers that much time. */
  segmentBytesMax: 512 * 1024,
  segmentMsMax: 120_000,
  /** Frames and bytes of them that wait to be written; beyond it there is a hole. */
  waitingFramesMax: 5_000,
  waitingBytesMax: 4 * 1024 * 1024,
} as const

/** What a kind of room says of its recording. */
export interface RecordedKind {
  /** The state without the words of people: these are read where they can be taken out. */
  withoutWords(state: PlainState): PlainState
  /** Ids of the lines that were quoted in it. */
  quoted(state: PlainState): string[]
  /** True while it is worth seeing again. */
  isOn(state: PlainState): boolean
  /** Counts up with what people do; entries are counted beside it. */
  warmth(state: PlainState): number
}

/** A segment as far as it has come; one that is `closed` does not grow any more. */
export interface WrittenSegment {
  facts: SegmentFacts
  text: string
  isClosed: boolean
}

interface Waiting {
  at: number
  frame: Frame
}

export class RoomRecording implements FrameSink {
  readonly room: RecordedRoom
  readonly #kind: RecordedKind
  readonly #now: () => number
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #decoder: Decoder<Schema> | undefined
  #raw: unknown
  #state: PlainState | undefined
  #head = 0
  #isHole: boolean
  #next = 0
  #log = ''
  #open: SegmentWriter | undefined
  #isOpenNew = false
  #closed: WrittenSegment[] = []
  /** Nothing follows, as far as the room knows. */
  isEnded = false
  wantsState = true
  #isAbandoned = false
  /** Holes made here because frames came faster than they were written. */
  overruns = 0

  constructor(room: RecordedRoom, kind: RecordedKind, now: () => number) {
    this.room = room
    this.#kind = kind
    this.#now = now
    // A later epoch that begins in the middle follows what another process did not write.
    this.#isHole = true
  }

  get hasWork(): boolean {
    return this.#waiting.length > 0
  }

  frame(frame: Frame): void {
    if (this.#isAbandoned) return
    const { waitingFramesMax, waitingBytesMax } = recordingLimits
    if (this.wantsState && frame.full === undefined) return
    this.#waitingBytes += (frame.patch?.byteLength ?? 0) + (frame.full?.byteLength ?? 0)
    if (this.#waiting.length >= waitingFramesMax || this.#waitingBytes > waitingBytesMax) {
      this.overruns += 1
      this.#breakOff()
      return
    }
    this.wantsState = false
    this.#waiting.push({ at: this.#now(), frame })
  }

  close(): void {
    this.isEnded = true
  }

  /** Nobody wants any of it, nor what follows: from now on a frame costs nothing here. */
  abandon(): void {
    this.#isAbandoned = true
    this.isEnded = true
    this.wantsState = false
    this.#waiting = []
    this.#closed = []
    this.#open = undefined
  }

  /** Segments have been closed since the last `take`. */
  get hasClosed(): boolean {
    return this.#closed.length > 0
  }

  /** Writes at most so many of the frames that wait; says how many those were. */
  work(framesMax: number): number {
    const some = this.#waiting.splice(0, framesMax)
    for (const { at, frame } of some) this.#write(at, frame)
    if (this.#waiting.length === 0) this.#waitingBytes = 0
    return some.length
  }

  /** Segments that are new or have grown since the last call; `all` closes the open one. */
  take(all = this.isEnded && !this.hasWork): WrittenSegment[] {
    if (all) this.#close()
    const taken = this.#closed
    this.#closed = []
    if (this.#open !== undefined && this.#isOpenNew) {
      const { facts } = this.#open
      taken.push({ facts: { ...facts }, text: this.#open.text(), isClosed: false })
      this.#isOpenNew = false
    }
    return taken
  }

  #breakOff(): void {
    this.#waiting = []
    this.#waitingBytes = 0
    this.wantsState = true
    this.#close()
    this.#isHole = true
  }

  #write(at: number, frame: Frame): void {
    const { withoutWords, quoted, isOn, warmth } = this.#kind
    const before = this.#state
    this.#decode(frame)
    const raw = plain(this.#decoder?.state, this.#raw) as PlainState
    const now = raw === this.#raw && before ? before : withoutWords(raw)
    this.#raw = raw
    this.#state = now
    const headBefore = this.#head
    this.#head = frame.head
    const wasOn = before !== undefined && isOn(before)
    if (!isOn(now) && !wasOn) {
      this.#isHole = false
      return
    }
    const base = this.#isHole || before === undefined ? now : before
    const from = base === now ? frame.head - frame.entries.length : headBefore
    this.#roll(at, base, from)
    this.#open?.add({
      at,
      head: frame.head,
      entries: namesOf(frame.entries),
      change: changeBetween(base, now),
      state: now,
      warmth: frame.entries.length + Math.max(0, warmth(now) - warmth(base)),
      quoted: quoted(now),
    })
    this.#isHole = false
    this.#isOpenNew = true
    if (!isOn(now)) this.#close()
  }

  #decode({ full, patch }: Frame): void {
    if (full !== undefined) {
      this.#decoder = new Decoder(this.room.blank())
      this.#raw = undefined
    }
    const frame = full ?? patch
    if (frame === undefined) return
    for (const payload of splitFrames(frame)) this.#decoder?.decode(payload, { offset: 1 })
  }

  /** Opens a segment when none is open or the open one is full. */
  #roll(at: number, state: PlainState, head: number): void {
    const { segmentBytesMax, segmentMsMax } = recordingLimits
    const open = this.#open
    const isFull =
      open !== undefined &&
      (open.bytes >= segmentBytesMax || at - open.facts.startedAt >= segmentMsMax)
    if (open !== undefined && !isFull) return
    this.#close()
    const { id: room, kind, epoch } = this.room
    const isAfterHole = this.#isHole
    const place = { room, kind, epoch, n: this.#next++, at, head }
    const from = { odeon: 1, ...place, state, log: this.#log, isAfterHole } as const
    this.#open = new SegmentWriter(from, this.#kind.quoted(state))
  }

  #close(): void {
    if (this.#open === undefined) return
    const { facts } = this.#open
    this.#closed.push({ facts, text: this.#open.text(), isClosed: true })
    this.#log = this.#open.log
    this.#open = undefined
    this.#isOpenNew = false
  }
}

/** A relay's frames only count their entries; those of a stage, which are recorded, have them. */
function namesOf(entries: Frame['entries']): [string, number][] {
  return 'map' in entries ? entries.map(({ type, entry }) => [type, entry.at]) : []
}
