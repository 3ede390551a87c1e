/** Counts over the last minute, in buckets of the metrics period; old ones fall out. */
export class SlidingCount {
  readonly #buckets: number[]
  #at = 0

  constructor(buckets: number) {
    this.#buckets = Array.from({ length: buckets }, () => 0)
  }

  add(count: number): void {
    this.#buckets[this.#at] = (this.#buckets[this.#at] ?? 0) + count
  }

  /** Sum over the whole window, then moves on by one bucket. */
  turn(): number {
    const sum = this.#buckets.reduce((total, bucket) => total + bucket, 0)
    this.#at = (this.#at + 1) % this.#buckets.length
    this.#buckets[this.#at] = 0
    return sum
  }
}
