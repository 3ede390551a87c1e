/** What all viewers of this generator share: counters, times, the log, the way in. */
import type { Violation } from '../swarm/mark.ts'
import { Buckets } from './buckets.ts'
import type { Door } from './door.ts'
import { SharedReferences } from './shared-references.ts'

const toldMax = 20

export class Counters {
  readonly door: Door
  readonly references = new SharedReferences()
  readonly latency = new Buckets()
  readonly second = new Buckets()
  readonly joins = new Buckets()
  readonly returns = new Buckets()
  readonly sampleEvery: number
  /** Whoever loses the room comes back. */
  readonly areBack: boolean
  readonly random: () => number
  ends: Record<string, number> = {}
  messages = 0
  bytes = 0
  states = 0
  gone = 0
  failed = 0

  constructor(options: {
    door: Door
    sampleEvery: number
    areBack: boolean
    random: () => number
  }) {
    this.door = options.door
    this.sampleEvery = options.sampleEvery
    this.areBack = options.areBack
    this.random = options.random
  }

  /** Said at once: it cannot be repaired here, and whoever started us shows it. */
  readonly fail = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }

  tally(why: string): void {
    this.ends[why] = (this.ends[why] ?? 0) + 1
  }

  broken(violation: Violation): void {
    this.references.found.violations += 1
    if (this.references.found.violations > toldMax) return
    process.stdout.write(`${JSON.stringify({ event: 'violation', ...violation })}\n`)
  }

  reset(): void {
    for (const times of [this.latency, this.second, this.joins, this.returns]) times.clear()
    this.references.reset()
    this.ends = {}
    this.messages = 0
    this.bytes = 0
    this.states = 0
  }
}
