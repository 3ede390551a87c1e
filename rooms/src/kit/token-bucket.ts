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
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#rate.perSecond
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained)
    this.#filledAt = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.max(1, ((1 - this.#tokens) / this.#rate.perSecond) * 1000)
  }
}
