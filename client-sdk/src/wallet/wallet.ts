/** What one has and what moved it: `odeon.wallet`. What is true now is `me.state.wallet`, live. */
import type { Currency, WalletView } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'

export interface StatementQuery {
  /** `coin` unless told. */
  currency?: Currency
  /** Only what was for this, such as `gift`. */
  kind?: string
  /** `n` of the last line of the page before. */
  before?: number
  /** 1–100. */
  limit?: number
}

export interface StatementLine {
  /** Number among the lines of this currency; the newest has the highest. */
  n: number
  id: string
  /** Unix ms. */
  at: number
  kind: string
  /** Whole minor units, below zero when it left. */
  amount: number
  /** Right behind it. */
  balance: number
  /** Came back out of what was put aside. */
  isReturned: boolean
  /** The other person, if there is one whom one may see. */
  with: { id: string; name: string } | null
  /** What was given, when this was a gift. */
  gift: {
    giftId: string
    quantity: number
    /** What it cost in all; whoever got it got a share. */
    coins: number
    stream: { id: string; title: string }
  } | null
}

export interface StatementPage {
  /** Newest first. */
  lines: StatementLine[]
  /** True when older ones exist. */
  more: boolean
  /** Kinds that occur, to choose from. */
  kinds: string[]
}

/** Amounts are whole minor units: 124.5 hours are 12,450. Guests are refused with `forbidden`. */
export class OwnWallet {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  balance(): Promise<WalletView> {
    return this.#session.send({ method: 'GET', path: '/v1/me/wallet' })
  }

  /** What moved one currency, newest first. */
  statement(query: StatementQuery = {}): Promise<StatementPage> {
    const path = '/v1/me/wallet/statement'
    return this.#session.send({ method: 'GET', path, query: { ...query } })
  }
}
