/** Times of a load run, from when a thing was due: histograms, merged before they are read. */
import { build, type Histogram } from 'hdr-histogram-js'
import type { Latency } from '../swarm/mark.ts'

export interface Percentiles {
  count: number
  p50Ms: number
  p90Ms: number
  p99Ms: number
  p999Ms: number
  maxMs: number
}

const usMax = 600_000_000

export class Times {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: usMax,
    numberOfSignificantValueDigits: 3,
  })

  add(ns: bigint): void {
    this.#histogram.recordValue(microseconds(Number(ns)))
  }

  /** What a generator counted, bucket by bucket: percentiles are never averaged. */
  merge(latency: Latency | null): this {
    for (const [ns, count] of latency?.buckets ?? []) {
      this.#histogram.recordValueWithCount(microseconds(ns), count)
    }
    return this
  }

  include(other: Times): this {
    this.#histogram.add(other.#histogram)
    return this
  }

  reset(): void {
    this.#histogram.reset()
  }

  get percentiles(): Percentiles {
    const at = (percentile: number) => this.#histogram.getValueAtPercentile(percentile) / 1000
    return {
      count: this.#histogram.totalCount,
      p50Ms: at(50),
      p90Ms: at(90),
      p99Ms: at(99),
      p999Ms: at(99.9),
      maxMs: this.#histogram.maxValue / 1000,
    }
  }

  /** Points of the curve, closer together toward its end: percentile and ms. */
  get curve(): [percentile: number, ms: number][] {
    if (this.#histogram.totalCount === 0) return []
    return curvePercentiles.map((percentile) => [
      percentile,
      this.#histogram.getValueAtPercentile(percentile) / 1000,
    ])
  }
}

const curvePercentiles = [
  0, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.7, 99.9, 99.95, 99.99,
  100,
]

const microseconds = (ns: number): number => Math.min(usMax, Math.max(1, Math.round(ns / 1_000)))
