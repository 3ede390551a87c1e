/** Keeps what comes until somebody takes it, and hands over directly from then on. */

export const inboxLimits = { keptMax: 50 } as const

export class GiftInbox<Gift> {
  #kept: Gift[] = []
  #take: ((gift: Gift) => void) | undefined

  /** Beyond the bound the oldest is forgotten. */
  put(gift: Gift): void {
    if (this.#take) return this.#take(gift)
    this.#kept.push(gift)
    if (this.#kept.length > inboxLimits.keptMax) this.#kept.shift()
  }

  take(take: (gift: Gift) => void): () => void {
    this.#take = take
    for (const gift of this.#kept.splice(0)) take(gift)
    return () => {
      if (this.#take === take) this.#take = undefined
    }
  }
}
