/** Keeps the balances of a personal room as the ledger has them, whatever order it is told in. */
import type { BalanceNow, WalletWatch } from './ledger.ts'
import { type Currency, currencies } from './protocol.ts'
import type { Wallet } from './state.ts'

export interface FollowWalletOptions {
  watch: WalletWatch
  ownerId: string
  wallet: () => Wallet
  changed: () => void
  failed: (error: unknown) => void
}

export class WalletFollower {
  readonly #options: FollowWalletOptions
  readonly #seen: Record<Currency, number> = { coin: -1, bonus: -1, hours: -1 }
  readonly #unsubscribe: () => void
  #isStale = true
  #isReading = false

  /** Listens at once, so that nothing falls between reading and hearing. */
  constructor(options: FollowWalletOptions) {
    this.#options = options
    const { watch, ownerId } = options
    this.#unsubscribe = watch.subscribe(ownerId, (now) => this.#take(now))
  }

  /** About once a second; reads until a read has worked. */
  async beat(): Promise<void> {
    if (!this.#isStale || this.#isReading) return
    this.#isReading = true
    try {
      const { watch, ownerId } = this.#options
      for (const now of await watch.balances(ownerId)) this.#take(now)
      this.#isStale = false
    } catch (error) {
      this.#options.failed(error)
    } finally {
      this.#isReading = false
    }
  }

  stop(): void {
    this.#isStale = false
    this.#unsubscribe()
  }

  #take({ currency, balance, n }: BalanceNow): void {
    if (!currencies.includes(currency) || n <= this.#seen[currency]) return
    this.#seen[currency] = n
    const wallet = this.#options.wallet()
    if (wallet[currency] === balance) return
    wallet[currency] = balance
    this.#options.changed()
  }
}
