/**
 * What a wallet's page reads again when balances have moved, however often they do: at once after
 * a quiet while, else once, when the while is over. Each such reading is a request.
 */
import type { QueryClient } from '@tanstack/react-query'
import type { Holdings } from './wallet-book.ts'

const readsLimits = { everyMs: 10_000 } as const

export class ReadsBehind {
  readonly #queries: QueryClient
  readonly #userId: string
  #known: Holdings | undefined
  #lastMs = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(queries: QueryClient, userId: string) {
    this.#queries = queries
    this.#userId = userId
  }

  told(holdings: Holdings | undefined): void {
    const before = this.#known
    this.#known = holdings
    if (before === undefined || holdings === undefined || isSame(before, holdings)) return
    if (this.#timer !== undefined) return
    const waitMs = Math.max(0, this.#lastMs + readsLimits.everyMs - performance.now())
    this.#timer = setTimeout(() => this.#read(), waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #read(): void {
    this.#timer = undefined
    this.#lastMs = performance.now()
    for (const what of ['wallet', 'statement']) {
      void this.#queries.invalidateQueries({ queryKey: [what, this.#userId] })
    }
  }
}

const isSame = (one: Holdings, other: Holdings) =>
  one.coin === other.coin && one.bonus === other.bonus && one.hours === other.hours
