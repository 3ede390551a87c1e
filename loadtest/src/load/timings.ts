/** Times of a load run, from when a line was due: as a whole and second by second. */
import { build, type Histogram } from 'hdr-histogram-js'
import type { Latency } from '../swarm/swarm.ts'

export interface Percentiles {
  count: number
  p50Ms: number
  p90Ms: number
  p99Ms: number
  p999Ms: number
  maxMs: number
}

const usMax = 120_000_000
const newHistogram = (): Histogram =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: usMax,
    numberOfSignificantValueDigits: 3,
  })

export class Timings {
  readonly #replies = newHistogram()
  readonly #deliveries = newHistogram()
  readonly #second = newHistogram()

  reply(ns: bigint): void {
    this.#replies.recordValue(microseconds(ns))
  }

  delivery(ns: bigint): void {
    this.#deliveries.recordValue(microseconds(ns))
    this.#second.recordValue(microseconds(ns))
  }

  /** Deliveries since the last call. */
  turnSecond(): Percentiles {
    const second = percentiles(this.#second)
    this.#second.reset()
    return second
  }

  get replies(): Percentiles {
    return percentiles(this.#replies)
  }

  get deliveries(): Percentiles {
    return percentiles(this.#deliveries)
  }
}

/** What the compiled client counted, in the same form. */
export function swarmPercentiles(latency: Latency | null): Percentiles {
  const all = newHistogram()
  for (const [ns, count] of latency?.buckets ?? []) {
    all.recordValueWithCount(microseconds(BigInt(ns)), count)
  }
  return percentiles(all)
}

const microseconds = (ns: bigint): number => Math.min(usMax, Math.max(1, Number(ns / 1000n)))

function percentiles(histogram: Histogram): Percentiles {
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000
  return {
    count: histogram.totalCount,
    p50Ms: at(50),
    p90Ms: at(90),
    p99Ms: at(99),
    p999Ms: at(99.9),
    maxMs: histogram.maxValue / 1000,
  }
}
