/** Remembers ids for a time, as many as may be, so that what comes again is known. */
export class HeardOnce {
  /** When each was heard, the oldest first. */
  readonly #heard = new Map<string, number>()
  readonly #options: { keptMs: number; idsMax: number; now(): number }

  constructor(options: { keptMs: number; idsMax: number; now(): number }) {
    this.#options = options
  }

  /** True the first time. */
  isNew(id: string): boolean {
    const { keptMs, idsMax, now } = this.#options
    const at = now()
    for (const [oldest, heardAt] of this.#heard) {
      if (at - heardAt < keptMs) break
      this.#heard.delete(oldest)
    }
    if (this.#heard.has(id)) return false
    const [oldest] = this.#heard.size >= idsMax ? this.#heard.keys() : []
    if (oldest !== undefined) this.#heard.delete(oldest)
    this.#heard.set(id, at)
    return true
  }
}
