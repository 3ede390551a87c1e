/** What a batch of transfers is decided on, read by an adapter, and what it wrote. */
import type { Receipt } from './ledger.ts'
import type { Currency } from './protocol.ts'

export interface Account {
  readonly key: string
  readonly kind: 'user' | 'platform' | 'escrow' | 'gateway' | 'issuer'
  /** Of a person's account. */
  readonly userId: string
  readonly currency: Currency
  readonly isFrozen: boolean
  balance: number
  /** How many postings it has. */
  entries: number
  earned: number
  spent: number
}

export interface Hold {
  readonly id: string
  readonly holderKey: string
  readonly escrowKey: string
  readonly amount: number
  readonly expiresAt: number
  isResolved: boolean
}

/** A sum that belongs to a stream: its own, of one supporter, of one combo. */
export interface Tally {
  readonly streamId: string
  readonly of: 'stream' | 'supporter' | 'combo'
  /** Of whom or what; the stream's id for its own. */
  readonly about: string
  readonly isNew: boolean
  /** Transfers, coins and units counted; number in the stream of the last one. */
  transfers: number
  coins: number
  units: number
  lastN: number
}

export const tallyKey = ({ streamId, of, about }: Pick<Tally, 'streamId' | 'of' | 'about'>) =>
  `${streamId}:${of}:${about}`

/** Changed by the decision; what an adapter keeps must be copies of it. */
export interface LedgerView {
  accounts: Map<string, Account>
  transfers: Map<string, { hash: string; receipt: Receipt }>
  /** By the id of the transfer that made them. */
  holds: Map<string, Hold>
  tallies: Map<string, Tally>
}

/** How a posting counts in `earned` and `spent`. */
export type PostingSort = 'spent' | 'earned' | 'returned' | 'added' | 'house'

export interface PostingRow {
  transferId: string
  accountKey: string
  /** Number among the postings of the account, from 1. */
  n: number
  /** Below zero when it leaves the account. */
  amount: number
  balance: number
  sort: PostingSort
  counterpartyKey: string
}

export interface TransferRow {
  id: string
  by: string
  askId: string
  hash: string
  kind: string
  at: number
  currency: Currency
  /** All that it moves. */
  amount: number
  receipt: Receipt
  hold: Hold | null
  resolvesId: string | null
  streamId: string | null
  streamN: number | null
  supporterId: string | null
  comboId: string | null
  units: number | null
  details: object | null
  notes: object | null
}

/** Everything that has to be written, all or nothing. */
export interface LedgerWrites {
  transfers: TransferRow[]
  postings: PostingRow[]
  accounts: Set<Account>
  tallies: Set<Tally>
}
