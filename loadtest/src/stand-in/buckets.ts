/** Latencies in the same logarithmic buckets as the compiled client counts them in. */
import type { Latency } from '../swarm/mark.ts'

const perPower = 256

export class Buckets {
  #counts = new Map<number, number>()
  #count = 0
  #sumNs = 0
  #minNs = Number.POSITIVE_INFINITY
  #maxNs = 0

  add(ns: number): void {
    const power = Math.max(0, Math.floor(Math.log2(ns)) - 8)
    const bucket = power * perPower + Math.floor(ns / 2 ** power)
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1)
    this.#count += 1
    this.#sumNs += ns
    this.#minNs = Math.min(this.#minNs, ns)
    this.#maxNs = Math.max(this.#maxNs, ns)
  }

  clear(): void {
    this.#counts.clear()
    this.#count = 0
    this.#sumNs = 0
    this.#minNs = Number.POSITIVE_INFINITY
    this.#maxNs = 0
  }

  read(withBuckets: boolean): Latency | null {
    if (this.#count === 0) return null
    const sorted = [...this.#counts].toSorted(([one], [other]) => one - other)
    const buckets = sorted.map(([bucket, count]): [number, number] => [nsOf(bucket), count])
    const at = (share: number): number => {
      let seen = 0
      for (const [ns, count] of buckets) {
        seen += count
        if (seen > share * this.#count) return Math.min(ns, this.#maxNs)
      }
      return this.#maxNs
    }
    return {
      count: this.#count,
      meanNs: Math.round(this.#sumNs / this.#count),
      minNs: this.#minNs,
      maxNs: this.#maxNs,
      p50Ns: at(0.5),
      p90Ns: at(0.9),
      p99Ns: at(0.99),
      p999Ns: at(0.999),
      ...(withBuckets && { buckets }),
    }
  }
}

/** Middle of a bucket. Its number within a power is 256 … 511, except below 512 ns. */
function nsOf(bucket: number): number {
  const power = bucket < 2 * perPower ? 0 : Math.floor(bucket / perPower) - 1
  return Math.round((bucket - power * perPower + 0.5) * 2 ** power)
}
