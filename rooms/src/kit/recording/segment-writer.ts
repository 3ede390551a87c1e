/** Writes one segment of a recording: lines with a sum over each, and a check now and then. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  canonical,
  type CheckLine,
  type FrameLine,
  lineJson,
  type PlainState,
  type SegmentHead,
} from './protocol.ts'

/** Frames between two checks. */
const checkEveryFrames = 100
/** Time of one point of a segment's pulse. */
export const pulseMs = 5_000

/** What is known of a segment without reading it. */
export interface SegmentFacts {
  epoch: number
  n: number
  /** Unix ms of its beginning and of its last frame. */
  startedAt: number
  endedAt: number
  /** Highest seq before it and at its end. */
  headFrom: number
  head: number
  frames: number
  entries: number
  /** How much happened in each five seconds of it. */
  pulse: number[]
  /** Ids of lines that its states quote. */
  quoted: string[]
  isAfterHole: boolean
}

export interface NewFrame {
  at: number
  head: number
  entries: [string, number][]
  change: unknown
  /** The state after it. */
  state: PlainState
  /** How much happened in it. */
  warmth: number
  quoted: readonly string[]
}

export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16)

/** The chain over entries goes on with one; not with its words, which may be taken out. */
export const chained = (chain: string, seq: number, [type, at]: [string, number]): string =>
  shortHash(`${chain}${seq} ${type} ${at}`)

export const sumOf = (json: string): string => crc32(json).toString(16).padStart(8, '0')

export class SegmentWriter {
  readonly facts: SegmentFacts
  #text: string
  #log: string
  #state: PlainState
  #unchecked = 0
  #quoted = new Set<string>()

  constructor(head: SegmentHead, quoted: readonly string[]) {
    const { epoch, n, at, state, log, isAfterHole } = head
    this.facts = {
      epoch,
      n,
      startedAt: at,
      endedAt: at,
      headFrom: head.head,
      head: head.head,
      frames: 0,
      entries: 0,
      pulse: [],
      quoted: [],
      isAfterHole,
    }
    this.#text = lineOf(head)
    this.#state = state
    this.#log = log
    this.#quote(quoted)
  }

  get bytes(): number {
    return this.#text.length
  }

  /** Chain over the entries of the epoch so far. */
  get log(): string {
    return this.#log
  }

  add({ at, head, entries, change, state, warmth, quoted }: NewFrame): void {
    const { facts } = this
    this.#text += lineOf([at, head, entries, change ?? 0])
    const first = head - entries.length + 1
    for (const [index, entry] of entries.entries()) {
      this.#log = chained(this.#log, first + index, entry)
    }
    Object.assign(facts, { endedAt: at, head, frames: facts.frames + 1 })
    facts.entries += entries.length
    this.#state = state
    this.#quote(quoted)
    const point = Math.max(0, Math.floor((at - facts.startedAt) / pulseMs))
    while (facts.pulse.length <= point) facts.pulse.push(0)
    facts.pulse[point] = (facts.pulse[point] ?? 0) + warmth
    if (++this.#unchecked >= checkEveryFrames) this.#check()
  }

  /** The whole segment as it stands; its last line is a check. */
  text(): string {
    if (this.#unchecked > 0) this.#check()
    return this.#text
  }

  #check(): void {
    this.#unchecked = 0
    const state = shortHash(canonical(this.#state))
    this.#text += lineOf({ check: this.facts.frames, state, log: this.#log })
  }

  #quote(ids: readonly string[]): void {
    const before = this.#quoted.size
    for (const id of ids) this.#quoted.add(id)
    if (this.#quoted.size > before) this.facts.quoted = [...this.#quoted]
  }
}

function lineOf(line: SegmentHead | FrameLine | CheckLine): string {
  const json = lineJson(line)
  return `${sumOf(json)} ${json}\n`
}
