/** A ledger in memory, for tests of whoever moves coins: the decisions are the real ones. */
import { decideTransfers } from './decide-transfers.ts'
import type { Ledger, TransferAsk, TransferOutcome } from './ledger.ts'
import type { Account, LedgerView, PostingRow, TransferRow } from './ledger-view.ts'
import { prepareTransfer } from './prepare-transfer.ts'
import type { Currency } from './protocol.ts'
import { resolvedBy, touchedBy } from './touched-by.ts'

export interface MemoryLedgerOptions {
  now: () => number
  /** Who has an account; everybody when not said. */
  isPerson?: (userId: string) => boolean
}

export class MemoryLedger implements Ledger {
  readonly #options: MemoryLedgerOptions
  readonly #view: LedgerView = {
    accounts: new Map(),
    transfers: new Map(),
    holds: new Map(),
    tallies: new Map(),
  }
  readonly #frozen = new Set<string>()
  readonly transfers: TransferRow[] = []
  readonly postings: PostingRow[] = []

  constructor(options: MemoryLedgerOptions) {
    this.#options = options
  }

  async transfer(ask: TransferAsk): Promise<TransferOutcome> {
    return this.post([ask])[0] as TransferOutcome
  }

  /** At once, one after the other. */
  post(asks: readonly TransferAsk[]): TransferOutcome[] {
    const prepared = asks.map(prepareTransfer)
    const { holds } = this.#view
    const found = resolvedBy(prepared).flatMap((id) => holds.get(id) ?? [])
    for (const key of touchedBy(prepared, found, 0).accountKeys) this.#open(key)
    const moment = { at: this.#options.now(), stripe: 0 }
    const { outcomes, writes } = decideTransfers(this.#view, prepared, moment)
    this.transfers.push(...writes.transfers)
    this.postings.push(...writes.postings)
    return outcomes
  }

  balance(userId: string, currency: Currency = 'coin'): number {
    return this.#view.accounts.get(`user:${userId}:${currency}`)?.balance ?? 0
  }

  freeze(userId: string): void {
    this.#frozen.add(userId)
    for (const [key, account] of this.#view.accounts) {
      if (account.userId === userId) this.#view.accounts.set(key, { ...account, isFrozen: true })
    }
  }

  /** Of every account that was touched. */
  accounts(): Readonly<Account>[] {
    return [...this.#view.accounts.values()]
  }

  #open(key: string): void {
    if (this.#view.accounts.has(key)) return
    const [kind, owner, currency] = key.split(':') as [Account['kind'], string, Currency]
    const userId = kind === 'user' ? owner : ''
    if (kind === 'user' && (owner === '' || this.#options.isPerson?.(owner) === false)) return
    const isFrozen = this.#frozen.has(userId)
    const nothing = { balance: 0, entries: 0, earned: 0, spent: 0 }
    this.#view.accounts.set(key, { key, kind, userId, currency, isFrozen, ...nothing })
  }
}
