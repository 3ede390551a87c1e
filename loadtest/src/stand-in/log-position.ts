/** Where one viewer stands in the log, and what is wrong with what it gets. */
import type { Violation } from '../swarm/mark.ts'
import { digest, isTrue, mixed, pairsOf, seqOf, valueOf } from './bytes.ts'
import type { SharedReferences } from './shared-references.ts'

export interface LogPositionEvents {
  broken(what: Violation['what'], seq: number): void
  /** What came after `seq` is missing. */
  read(epoch: number, seq: number): void
}

export class LogPosition {
  epoch = 0
  seq = 0
  isPlaced = false
  isReading = false
  #history = 0
  #readTo = 0
  #ahead: { from: number; to: number } | undefined
  #patches = 0
  #isWhole = false
  /** Told to be left out, ahead of where it stands. */
  #spared: [from: number, to: number][] = []
  readonly #shared: SharedReferences
  readonly #events: LogPositionEvents

  constructor(shared: SharedReferences, events: LogPositionEvents) {
    this.#shared = shared
    this.#events = events
  }

  state(): void {
    this.#isWhole = false
    this.#patches = 0
  }

  patch(bytes: Buffer): void {
    this.#patches = mixed(this.#patches, digest(bytes))
  }

  /** `room.sampled`: what a slow reader is told to be spared counts as had. */
  spare(body: Buffer): void {
    this.#isWhole = false
    for (const [from, to] of pairsOf(body, 'skipped')) {
      this.#shared.found.spared += to - from + 1
      this.#spared.push([from, to])
    }
    this.#passSpared()
  }

  /** `room.welcome` and `room.resync`. */
  place(body: Buffer): void {
    const [epoch, head] = [valueOf(body, 'epoch'), valueOf(body, 'head')]
    if (epoch === undefined || head === undefined) return
    const backlog = valueOf(body, 'backlog')
    if (backlog === undefined) this.#shared.found.resyncs += 1
    else this.#history = backlog
    this.state()
    this.#spared = []
    if (!this.isPlaced) {
      this.isPlaced = true
      this.epoch = epoch
      this.seq = head
      return
    }
    if (epoch === this.epoch && head <= this.seq) return
    this.isReading = true
    this.#ahead = undefined
    this.#events.read(this.epoch, this.seq)
  }

  /** True when it is new now: not history, and not what was missed and read again. */
  message(bytes: Buffer, body: Buffer): boolean {
    const seq = seqOf(body)
    if (seq === undefined) return true
    const isNew = this.#history === 0 && !this.isReading
    if (!this.#shared.entry(seq, this.epoch, digest(bytes))) this.#events.broken('other bytes', seq)
    if (this.#history > 0) this.#history -= 1
    else this.#take(seq)
    return isNew
  }

  /** The end of a page of what was missing. */
  reply(body: Buffer): void {
    const to = valueOf(body, 'to')
    if (!this.isReading || to === undefined) return
    const [from, until] = [valueOf(body, 'missedFrom'), valueOf(body, 'missedTo')]
    if (from !== undefined && until !== undefined) {
      this.#shared.found.missed += Math.max(0, until - from + 1)
      this.seq = Math.max(this.seq, until)
    }
    this.epoch = valueOf(body, 'epoch') ?? this.epoch
    this.#readTo = Math.max(this.#readTo, to)
    this.#joinAhead()
    if (isTrue(body, 'more')) return this.#events.read(this.epoch, this.seq)
    if (this.seq < to || this.#ahead !== undefined) this.#events.broken('gap after reading', to)
    this.isReading = false
    this.#ahead = undefined
  }

  #take(seq: number): void {
    this.#shared.found.entries += 1
    if (!this.isPlaced || seq === this.seq + 1) {
      this.isPlaced = true
      this.seq = seq
      this.#joinAhead()
      if (!this.isReading) this.#comparePatches(seq)
      this.#passSpared()
      return
    }
    this.#isWhole = false
    if (seq <= this.seq) {
      if (this.isReading || seq <= this.#readTo) this.#shared.found.again += 1
      else this.#events.broken('twice', seq)
    } else if (!this.isReading || (this.#ahead !== undefined && seq > this.#ahead.to + 1)) {
      this.#events.broken('gap', seq)
      this.seq = seq
    } else {
      this.#ahead ??= { from: seq, to: seq }
      this.#ahead.to = Math.max(this.#ahead.to, seq)
    }
  }

  #passSpared(): void {
    for (const [from, to] of this.#spared) {
      if (from > this.seq + 1 || to <= this.seq) continue
      this.seq = to
      this.#isWhole = false
    }
    this.#spared = this.#spared.filter(([, to]) => to > this.seq)
  }

  #comparePatches(seq: number): void {
    if (this.#isWhole && !this.#shared.patches(seq, this.#patches)) {
      this.#events.broken('other patches', seq)
    }
    this.#patches = 0
    this.#isWhole = true
  }

  #joinAhead(): void {
    if (this.#ahead === undefined || this.seq + 1 < this.#ahead.from) return
    this.seq = Math.max(this.seq, this.#ahead.to)
    this.#ahead = undefined
  }
}
