/** Rate limit: `burst` at once, refilled at `perSecond`. Costs two numbers per member and class. */
export interface Rate {
  perSecond: number
  burst: number
}

export class TokenBucket {
  #tokens: number
  #filledAt: number
  readonly #rate: Rate

  constructor(rate: Rate, now: number) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#filledAt = now
  }

  /** Takes one token. Returns 0 when there was one, else the ms until there will be. */
  take(now: number): number {
    this.#tokens = this.#filledTo(now)
    this.#filledAt = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.max(1, ((1 - this.#tokens) / this.#rate.perSecond) * 1000)
  }

  /** True when a new bucket would allow no more. */
  isFull(now: number): boolean {
    return this.#filledTo(now) >= this.#rate.burst
  }

  #filledTo(now: number): number {
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#rate.perSecond
    return Math.min(this.#rate.burst, this.#tokens + gained)
  }
}
