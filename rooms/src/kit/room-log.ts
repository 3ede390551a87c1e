/**
 * The numbered log of a room: `seq` counts on by one inside an `epoch`. The newest entries stay in
 * memory, bounded, as ready frames, so that filling a gap is copying bytes.
 */
import { type Entry, kitLimits } from './protocol.ts'
import { lasting, messageFrame } from './wire.ts'

export interface LogEntry {
  readonly seq: number
  readonly type: string
  readonly entry: Entry
  readonly frame: Buffer
}

/** Where a reader stands: `seq` is the newest entry it has. */
export interface Position {
  epoch: number
  seq: number
}

/** What a reader at some position gets. `missed` tells of entries that are gone. */
export interface Gap {
  epoch: number
  frames: Buffer[]
  missed: { from: number; to: number } | undefined
  to: number
  more: boolean
}

interface Part {
  frames: Buffer[]
  to: number
  more: boolean
}

/** A crowd that lost its process stands at the same few places. */
const partsMax = 16

export class RoomLog {
  readonly epoch: number
  /** From this epoch on a number has meant the same: each went on exactly where the last ended. */
  readonly sameSince: number
  #head: number
  /** First seq this epoch may use; entries before it are of earlier epochs. */
  readonly epochFrom: number
  /** From here to the head no number is missing: what a gap may be filled from. */
  readonly #wholeFrom: number
  /** Those before `#start` are gone. */
  #kept: (LogEntry | undefined)[] = []
  #start = 0
  #bytes = 0
  /** What was read of late up to one place, by where it begins. */
  #parts = { upTo: 0, from: new Map<number, Part>() }

  constructor(
    from: {
      epoch: number
      head: number
      sameSince?: number | undefined
      /** Where the epoch has begun already; else it begins behind the head. */
      epochFrom?: number
    },
    history: { type: string; entry: Entry }[] = [],
  ) {
    this.epoch = from.epoch
    this.sameSince = from.sameSince ?? from.epoch
    this.#head = from.head
    this.epochFrom = from.epochFrom ?? from.head + 1
    for (const { type, entry } of history) this.#keep(type, entry)
    this.#wholeFrom = this.#startOfWhole()
  }

  /** Highest seq given out. */
  get head(): number {
    return this.#head
  }

  append<E extends Entry>(type: string, body: Omit<E, 'seq' | 'at'>, at: number): LogEntry {
    this.#head += 1
    return this.#keep(type, { seq: this.#head, at, ...body })
  }

  /** Takes over an entry that somebody else has numbered, with its frame. It must be the next. */
  take({ type, entry }: { type: string; entry: Entry }, frame: Buffer): LogEntry {
    this.#head = entry.seq
    return this.#hold({ seq: entry.seq, type, entry, frame })
  }

  /** Replaces kept entries; returns each as it was and as it is. */
  amend(change: (kept: LogEntry) => Entry | undefined): { was: LogEntry; is: LogEntry }[] {
    this.#parts.from.clear()
    const amended: { was: LogEntry; is: LogEntry }[] = []
    for (let at = this.#start; at < this.#kept.length; at += 1) {
      const was = this.#kept[at] as LogEntry
      const entry = change(was)
      if (entry === undefined) continue
      const { seq, type } = was
      const frame = messageFrame(type, entry, lasting)
      const is: LogEntry = { seq, type, entry: { ...entry, seq }, frame }
      this.#kept[at] = is
      this.#bytes += is.frame.byteLength - was.frame.byteLength
      amended.push({ was, is })
    }
    return amended
  }

  /** Newest entries for a joiner, oldest first, within both bounds of the backlog. */
  backlog(
    limit: number = kitLimits.backlogEntriesMax,
    bytesMax: number = kitLimits.backlogBytesMax,
  ): LogEntry[] {
    let at = this.#kept.length
    let bytes = 0
    while (at > this.#start && this.#kept.length - at < limit) {
      bytes += (this.#kept[at - 1] as LogEntry).frame.byteLength
      if (bytes > bytesMax) break
      at -= 1
    }
    return this.#kept.slice(at) as LogEntry[]
  }

  /**
   * Everything after a position, or what is left of it and a word about what is not. A number means
   * the same entry in every epoch, so a reader of an earlier one is served from what is kept too.
   * Nothing behind `upTo` is part of it.
   */
  after({ epoch, seq }: Position, upTo: number = this.#head): Gap {
    if (epoch === this.epoch && seq >= upTo) {
      return { epoch: this.epoch, frames: [], missed: undefined, to: upTo, more: false }
    }
    // A reader who saw more of another epoch than its record holds begins with this one.
    const isSame = epoch >= this.sameSince && epoch < this.epoch && seq <= this.#head
    const isEarlier = epoch < this.epoch && seq < this.epochFrom
    const isRecorded = epoch === this.epoch || isSame || isEarlier
    const from = Math.max(isRecorded ? seq + 1 : this.epochFrom, this.#oldest())
    const missed =
      isRecorded && from === seq + 1
        ? undefined
        : { from: Math.min(seq + 1, from - 1), to: from - 1 }
    return { epoch: this.epoch, ...this.#part(from, upTo), missed }
  }

  /** Seq of the oldest entry that may fill a gap, or head + 1. */
  #oldest(): number {
    return Math.max(this.#wholeFrom, this.#kept[this.#start]?.seq ?? this.#head + 1)
  }

  /** Seq after the last hole in the history; head + 1 when its end is missing. */
  #startOfWhole(): number {
    let whole = this.#head + 1
    for (let at = this.#kept.length - 1; this.#kept[at]?.seq === whole - 1; at -= 1) whole -= 1
    return whole
  }

  /** The same object for all who ask for the same. */
  #part(from: number, upTo: number): Part {
    const parts = this.#parts
    if (parts.upTo !== upTo) {
      parts.upTo = upTo
      parts.from.clear()
    }
    const known = parts.from.get(from)
    if (known !== undefined) return known
    const part = this.#collect(from, upTo)
    const isWhole = upTo <= this.#head
    if (isWhole && parts.from.size < partsMax) parts.from.set(from, part)
    return part
  }

  #collect(from: number, upTo: number): Part {
    // From there on the kept entries are contiguous and end at the head.
    let at = this.#kept.length - (this.#head - from + 1)
    const frames: Buffer[] = []
    let bytes = 0
    while (at < this.#kept.length) {
      const { seq, frame } = this.#kept[at] as LogEntry
      if (seq > upTo) break
      if (frames.length > 0 && bytes + frame.byteLength > kitLimits.replayBytesMax) break
      frames.push(frame)
      bytes += frame.byteLength
      at += 1
    }
    const to = from + frames.length - 1
    return { frames, to, more: to < upTo }
  }

  #keep(type: string, entry: Entry): LogEntry {
    const { seq } = entry
    return this.#hold({ seq, type, entry, frame: messageFrame(type, entry, lasting) })
  }

  #hold(kept: LogEntry): LogEntry {
    this.#kept.push(kept)
    this.#bytes += kept.frame.byteLength
    while (
      this.#kept.length - this.#start > kitLimits.logEntriesMax ||
      (this.#bytes > kitLimits.logBytesMax && this.#kept.length - this.#start > 1)
    ) {
      this.#bytes -= (this.#kept[this.#start] as LogEntry).frame.byteLength
      this.#kept[this.#start] = undefined
      this.#start += 1
    }
    if (this.#start > 1024 && this.#start * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#start)
      this.#start = 0
    }
    return kept
  }
}
