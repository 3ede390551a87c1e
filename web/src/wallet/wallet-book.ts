/**
 * What one has, as far as the page knows: read once, then told by one's own room. An answer to a
 * gift knows more than the room for a moment, and is not taken back by what the room says late.
 */
import type { Currency } from '@odeon/sdk'

export type Holdings = Readonly<Record<Currency, number>>

export const bookLimits = {
  /** How long the room may lag behind an answer. */
  lagMs: 1_500,
} as const

export class WalletBook {
  readonly #read: () => Promise<Holdings>
  readonly #listeners = new Set<() => void>()
  #known: Holdings | undefined
  /** Said by the room while an answer counted for more. */
  #late: Holdings | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Grows with whatever is heard: a reading that was overtaken says nothing. */
  #heard = 0

  constructor(read: () => Promise<Holdings>) {
    this.#read = read
  }

  readonly holdings = (): Holdings | undefined => this.#known

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The room has the balances a moment after it is entered; until then this reading counts. */
  readonly refresh = async (): Promise<void> => {
    const before = this.#heard
    const read = await this.#read()
    if (before === this.#heard) this.#show(read)
  }

  /** The room says something else than before. */
  told({ coin, bonus, hours }: Holdings): void {
    this.#heard += 1
    const said = { coin, bonus, hours }
    if (this.#timer === undefined) return this.#show(said)
    this.#late = said
    if (coin === this.#known?.coin) this.#settle()
  }

  /** An answer says what is left. */
  answered(coin: number): void {
    this.#heard += 1
    clearTimeout(this.#timer)
    this.#late = undefined
    this.#timer = setTimeout(() => this.#settle(), bookLimits.lagMs)
    this.#show({ bonus: 0, hours: 0, ...this.#known, coin })
  }

  /** Somebody else is here. */
  clear(): void {
    this.#heard += 1
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#late = undefined
    this.#show(undefined)
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const late = this.#late
    this.#late = undefined
    if (late) this.#show(late)
  }

  #show(holdings: Holdings | undefined): void {
    this.#known = holdings
    for (const listener of this.#listeners) listener()
  }
}
