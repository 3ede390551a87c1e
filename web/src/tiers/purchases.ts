/** What is being bought: until it is answered, asking again is the same purchase, paid once. */
import { Refusal } from '@odeon/sdk'

interface Purchase {
  requestId: string
  /** Whether it was paid is not known. */
  isUnsure: boolean
}

export class Purchases {
  readonly #newId: () => string
  readonly #open = new Map<number, Purchase>()

  constructor(newId: () => string) {
    this.#newId = newId
  }

  isUnsure(level: number): boolean {
    return this.#open.get(level)?.isUnsure === true
  }

  async buy<T>(level: number, send: (requestId: string) => Promise<T>): Promise<T> {
    const purchase = this.#open.get(level) ?? { requestId: this.#newId(), isUnsure: false }
    this.#open.set(level, purchase)
    try {
      const bought = await send(purchase.requestId)
      this.#open.delete(level)
      return bought
    } catch (error) {
      if (!(error instanceof Refusal)) purchase.isUnsure = true
      // To be asked later says nothing of what was asked before.
      else if (error.retryAfterMs === undefined) this.#open.delete(level)
      throw error
    }
  }

  /** Somebody else is here. */
  clear(): void {
    this.#open.clear()
  }
}
