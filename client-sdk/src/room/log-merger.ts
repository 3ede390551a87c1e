/**
 * Puts a room's log back together from live entries, replays and reconnections: each entry goes on
 * once, in order of `seq`, and every gap that cannot be filled is announced. Knows no network.
 */
import type { Entry, LogReadReply, Resync, Sampled, Welcome } from '@odeon/rooms/protocol'

/** Entries held back while an earlier one is fetched; beyond it they are fetched again later. */
export const heldEntriesMax = 4_096

/**
 * Entries that cannot be had from the room any more, both ends included. Ones already seen are
 * named when the room lost them itself: the entries that follow take their numbers.
 */
export interface Discontinuity {
  missedFrom: number
  missedTo: number
}

/** Entries that a slow connection was spared, both ends included. `history` has them. */
export interface Skipped {
  from: number
  to: number
  count: number
}

/** Where the log was followed up to. */
export interface LogPosition {
  epoch: number
  after: number
}

export interface LogSink {
  deliver(type: string, entry: Entry, replayed: boolean): void
  announce(gap: Discontinuity): void
  /** The room left these out for us alone, because we read too slowly. */
  skip(gap: Skipped): void
  /** Ask the room for what follows `position`; `soon` when the last answer brought nothing new. */
  read(position: LogPosition, when: 'now' | 'soon'): void
}

interface Held {
  type: string
  entry: Entry
}

export class LogMerger {
  readonly #sink: LogSink
  readonly #held = new Map<number, Held>()
  /** Last seq of ranges that we were spared, by their first. */
  readonly #skips = new Map<number, number>()
  /** Epoch of `#last`; undefined before the first welcome. */
  #epoch: number | undefined
  /** Epoch the current socket speaks of. */
  #spoken = 0
  #last = 0
  /** Highest seq known to exist in the spoken epoch. */
  #known = 0
  #replayedTo = 0
  /** Entries of the first welcome's history that have not come yet. */
  #backlogLeft = 0
  /** How far the log reached at the last pulse: all of that has come by the next one. */
  #pulsed = 0
  #lastAtRead = -1
  #isReading = false

  constructor(sink: LogSink) {
    this.#sink = sink
  }

  /** The last entry passed on, or undefined before the first welcome. */
  get position(): LogPosition | undefined {
    return this.#epoch === undefined ? undefined : { epoch: this.#epoch, after: this.#last }
  }

  /** True when nothing known to exist is missing. */
  get isCurrent(): boolean {
    return !this.#isForeign && this.#last >= this.#known
  }

  /** Our position is in an epoch the room has left: only the room can say where it goes on. */
  get #isForeign(): boolean {
    return this.#epoch !== undefined && this.#epoch !== this.#spoken
  }

  /** A socket stands. The first one says where to begin, a later one how far we are behind. */
  welcome({ epoch, head, from, backlog }: Welcome): void {
    if (epoch !== this.#spoken) this.#held.clear()
    this.#skips.clear()
    this.#spoken = epoch
    this.#known = head
    this.#replayedTo = head
    this.#isReading = false
    this.#pulsed = 0
    this.#lastAtRead = -1
    if (this.#epoch === undefined) {
      this.#epoch = epoch
      this.#last = backlog > 0 ? from - 1 : head
      this.#backlogLeft = backlog
    } else {
      this.#backlogLeft = 0
      this.#fill()
    }
  }

  entry(type: string, entry: Entry): void {
    const { seq } = entry
    if (this.#epoch === undefined) return
    if (this.#backlogLeft > 0) {
      this.#passBacklog({ type, entry })
      return
    }
    this.#known = Math.max(this.#known, seq)
    if (this.#isForeign || seq > this.#last + 1) {
      this.#hold(type, entry)
      if (!this.#isForeign) this.#fill()
    } else if (seq === this.#last + 1) {
      this.#pass({ type, entry })
      this.#drain()
    }
  }

  replied(reply: LogReadReply): void {
    this.#isReading = false
    if (this.#epoch === undefined || reply.epoch !== this.#spoken) return
    if (this.#isForeign) this.#enter(reply)
    else if (!reply.recovered) this.#skip(reply)
    this.#known = Math.max(this.#known, reply.to)
    this.#drain()
    this.#fill(reply.more)
  }

  /** The read was not answered; called again when it may be repeated. */
  readFailed(): void {
    this.#isReading = false
  }

  retryRead(): void {
    this.#fill()
  }

  /** The room skipped frames for us. */
  resync({ epoch, head }: Resync): void {
    if (epoch !== this.#spoken) return
    this.#known = Math.max(this.#known, head)
    // The state is ahead of what is read now.
    this.#replayedTo = Math.max(this.#replayedTo, head)
    this.#fill()
  }

  /** Entries left out on purpose: they are passed over when their turn comes, not asked for. */
  sampled({ epoch, skipped }: Sampled): void {
    if (epoch !== this.#spoken || this.#epoch === undefined) return
    for (const [from, to] of skipped) {
      if (to <= this.#last || this.#skips.size >= heldEntriesMax) continue
      this.#skips.set(Math.max(from, this.#last + 1), to)
      this.#known = Math.max(this.#known, to)
    }
    this.#drain()
  }

  /**
   * The room's own word, every few seconds, on how far its log reaches. It comes before the entries
   * of its frame, so only what the pulse before it spoke of can be missing.
   */
  pulse(head: number): void {
    if (this.#epoch === undefined || this.#isForeign || this.#backlogLeft > 0) return
    const before = this.#pulsed
    this.#pulsed = head
    if (this.#last >= before) return
    this.#known = Math.max(this.#known, before)
    this.#fill()
  }

  #fill(more = false): void {
    const { position } = this
    if (this.#isReading || position === undefined || (this.isCurrent && !more)) return
    this.#isReading = true
    const isStuck = this.#lastAtRead === position.after && !this.#isForeign
    this.#lastAtRead = position.after
    this.#sink.read(position, isStuck ? 'soon' : 'now')
  }

  /** The room was restarted. It says what its record holds; we go on right after that. */
  #enter(reply: LogReadReply): void {
    const resumeAfter = reply.recovered ? this.#last : reply.missedTo
    this.#epoch = reply.epoch
    if (resumeAfter > this.#last) {
      this.#sink.announce({ missedFrom: this.#last + 1, missedTo: resumeAfter })
    } else if (resumeAfter < this.#last && !reply.recovered) {
      // The record ends before what we saw: others take the place of those entries.
      this.#sink.announce({ missedFrom: resumeAfter + 1, missedTo: this.#last })
    }
    this.#moveTo(resumeAfter)
  }

  #skip({ missedTo }: { missedTo: number }): void {
    if (missedTo <= this.#last) return
    this.#sink.announce({ missedFrom: this.#last + 1, missedTo })
    this.#moveTo(missedTo)
  }

  #moveTo(seq: number): void {
    this.#last = seq
    this.#skips.clear()
    for (const held of this.#held.keys()) if (held <= seq) this.#held.delete(held)
  }

  #hold(type: string, entry: Entry): void {
    if (this.#held.size < heldEntriesMax) this.#held.set(entry.seq, { type, entry })
  }

  #drain(): void {
    for (;;) {
      if (this.#passOver()) continue
      const next = this.#held.get(this.#last + 1)
      if (next === undefined) return
      this.#held.delete(this.#last + 1)
      this.#pass(next)
    }
  }

  #passOver(): boolean {
    const from = this.#last + 1
    const to = this.#skips.get(from)
    // What is being read now may bring them all the same.
    const isLater = this.#isReading || this.#isForeign || this.#backlogLeft > 0
    if (to === undefined || isLater) return false
    this.#skips.delete(from)
    this.#last = to
    this.#sink.skip({ from, to, count: to - from + 1 })
    return true
  }

  /** History comes whole and in order; its holes are the room's past, not our loss. */
  #passBacklog(held: Held): void {
    this.#pass(held)
    this.#backlogLeft -= 1
    if (this.#backlogLeft === 0) this.#last = Math.max(this.#last, this.#known)
  }

  #pass({ type, entry }: Held): void {
    this.#last = entry.seq
    this.#skips.delete(entry.seq)
    this.#sink.deliver(type, entry, entry.seq <= this.#replayedTo)
  }
}
