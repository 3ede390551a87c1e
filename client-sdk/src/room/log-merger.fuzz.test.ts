import type { Entry, LogReadReply, Welcome } from '@odeon/rooms/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Discontinuity, LogMerger, type LogPosition } from './log-merger.ts'

/** An entry that says which life of the room wrote it, so that mix-ups show. */
interface Line extends Entry {
  life: number
}
type Sent =
  | { kind: 'entry'; line: Line }
  | { kind: 'reply'; reply: LogReadReply }
  | { kind: 'resync'; epoch: number; head: number }

const you = { id: 'u', name: 'U', role: 'viewer' } as const
const batch = 5

/** A room, a network that loses, repeats and swaps, and the merger behind it. */
class Model {
  epoch = 1
  readonly log = new Map<number, Line>()
  head = 0
  epochFrom = 1
  keptFrom = 1
  wire: Sent[] = []
  asked: LogPosition[] = []
  /** What the merger told, checked as it comes. */
  last: number | undefined
  readonly told: Line[] = []
  readonly merger = new LogMerger({
    deliver: (_type, entry) => this.#delivered(entry as Line),
    skip: () => {},
    announce: (gap) => this.#announced(gap),
    read: (position) => this.asked.push(position),
  })

  append(): void {
    this.head += 1
    const line = { seq: this.head, at: 0, life: this.epoch }
    this.log.set(this.head, line)
    this.wire.push({ kind: 'entry', line })
  }

  /** The room forgets its oldest entries. */
  trim(count: number): void {
    this.keptFrom = Math.min(this.keptFrom + count, this.head + 1)
  }

  /** The process dies with what was not stored; the next one counts on from the record. */
  restart(lost: number): void {
    this.epoch += 1
    for (let n = 0; n < lost && this.head > 0; n++) this.log.delete(this.head--)
    this.epochFrom = this.head + 1
    this.keptFrom = Math.max(this.epochFrom, Math.min(this.keptFrom, this.head + 1))
    this.connect(0)
  }

  connect(backlog: number): void {
    this.wire = []
    this.asked = []
    this.merger.readFailed()
    const from = Math.max(1, this.head - backlog + 1)
    const { epoch, head } = this
    const history = head - from + 1
    const welcome: Welcome = { epoch, head, from, backlog: history, you, serverTime: 0 }
    this.last ??= from - 1
    this.merger.welcome(welcome)
    // One write with the welcome: it comes whole or not at all.
    for (let seq = from; seq <= head; seq++) this.merger.entry('line', this.log.get(seq)!)
  }

  /** Answers the oldest read as a room does: the entries, then the reply. */
  serve(): void {
    const position = this.asked.shift()
    if (position === undefined) return
    const { epoch, head } = this
    const isKnown = position.epoch === epoch
    const wanted = isKnown ? position.after + 1 : this.epochFrom
    const from = Math.max(wanted, this.keptFrom)
    const to = Math.min(head, from + batch - 1)
    for (let seq = from; seq <= to; seq++) this.#write(seq)
    const end = Math.max(to, from - 1)
    const reply: LogReadReply =
      isKnown && from === wanted
        ? { epoch, recovered: true, to: end, more: to < head }
        : {
            epoch,
            recovered: false,
            missedFrom: wanted,
            missedTo: from - 1,
            to: end,
            more: to < head,
          }
    this.wire.push({ kind: 'reply', reply })
  }

  arrive(): void {
    const sent = this.wire.shift()
    if (sent?.kind === 'entry') this.merger.entry('line', sent.line)
    else if (sent?.kind === 'reply') this.merger.replied(sent.reply)
    else if (sent?.kind === 'resync') this.merger.resync(sent)
  }

  /** Until nothing moves any more; two pulses show what was lost without a trace. */
  settle(): void {
    for (let round = 0; round < 3; round++) {
      let steps = 0
      while ((this.wire.length > 0 || this.asked.length > 0) && ++steps < 10_000) {
        if (this.wire.length > 0) this.arrive()
        else this.serve()
      }
      expect(steps).toBeLessThan(10_000)
      this.merger.pulse(this.head)
      this.merger.pulse(this.head)
    }
  }

  #write(seq: number): void {
    this.wire.push({ kind: 'entry', line: this.log.get(seq)! })
  }

  #delivered(line: Line): void {
    expect(line.seq, 'in order, once, no silent gap').toBe(this.last! + 1)
    expect(line, 'as the room wrote it').toBe(this.log.get(line.seq))
    this.last = line.seq
    this.told.push(line)
  }

  #announced({ missedFrom, missedTo }: Discontinuity): void {
    expect(missedTo).toBeGreaterThanOrEqual(missedFrom)
    if (missedFrom <= this.last!) {
      expect(missedTo, 'the room lost what was seen last').toBe(this.last)
      this.last = missedFrom - 1
    } else {
      expect(missedFrom).toBe(this.last! + 1)
      expect(missedTo, 'only what is gone is given up').toBeLessThan(this.keptFrom)
      this.last = missedTo
    }
  }
}

type Step = (model: Model) => void

const times = (max: number, step: (model: Model) => void) =>
  fc.integer({ min: 1, max }).map(
    (count): Step =>
      (model) => {
        for (let n = 0; n < count; n++) step(model)
      },
  )
const somewhere = (step: (model: Model, at: number) => void) =>
  fc.nat(50).map(
    (at): Step =>
      (model) => {
        if (model.wire.length > 0) step(model, at % model.wire.length)
      },
  )

const steps = fc.oneof(
  { weight: 8, arbitrary: times(8, (model) => model.append()) },
  { weight: 8, arbitrary: times(12, (model) => model.arrive()) },
  { weight: 4, arbitrary: times(3, (model) => model.serve()) },
  { weight: 2, arbitrary: fc.constant<Step>((model) => model.connect(0)) },
  {
    weight: 1,
    arbitrary: fc.nat(4).map(
      (lost): Step =>
        (model) =>
          model.restart(lost),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(6).map(
      (count): Step =>
        (model) =>
          model.trim(count),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((model) => {
      model.wire.push({ kind: 'resync', epoch: model.epoch, head: model.head })
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>((model) => model.merger.pulse(model.head)) },
  { weight: 1, arbitrary: fc.constant<Step>((model) => model.merger.readFailed()) },
  {
    weight: 3,
    arbitrary: somewhere((model, at) => {
      if (model.wire[at]?.kind === 'entry') model.wire.splice(at, 1)
    }),
  },
  { weight: 2, arbitrary: somewhere((model, at) => model.wire.push(model.wire[at]!)) },
  {
    weight: 2,
    arbitrary: somewhere((model, at) => model.wire.push(...model.wire.splice(at, 1))),
  },
)

test('[SDK-01] whatever is lost, repeated, swapped or restarted: in order, once, gaps announced', () => {
  const property = fc.property(fc.nat(20), fc.array(steps, { maxLength: 120 }), (age, play) => {
    const model = new Model()
    for (let n = 0; n < age; n++) model.append()
    model.connect(10)
    for (const step of play) step(model)
    model.settle()
    expect(model.merger.position).toEqual({ epoch: model.epoch, after: model.head })
    expect(model.last).toBe(model.head)
  })
  fc.assert(property, { numRuns: Number(process.env.ODEON_FUZZ_RUNS ?? 3_000) })
})
