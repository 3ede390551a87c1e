/** The ledger as rooms and jobs see it: who gives what to whom, and what came of it. */
import type { Currency, TransferRefusalCode } from './protocol.ts'

/**
 * Whose account. `platform` keeps the house's share, `gateway` is where bought coins come from,
 * `issuer` where bonus and hours do; those two may be below zero.
 */
export type AccountRef =
  | { kind: 'user'; userId: string; currency: Currency }
  | { kind: 'platform' | 'gateway' | 'issuer'; currency: Currency }

export interface Leg {
  from: AccountRef
  to: AccountRef
  /** Whole minor units, at least 1. */
  amount: number
}

/** What moves. The legs of one transfer are posted together or not at all. */
export type Movement =
  | { do: 'post'; legs: readonly Leg[] }
  /** Puts an amount aside until it is resolved, at most once; afterwards it goes back. */
  | { do: 'hold'; from: AccountRef; amount: number; expiresAt: number }
  /** Gives out what is held; what is left goes back. With nothing in `to` all of it does. */
  | { do: 'resolve'; holdId: string; to: readonly Omit<Leg, 'from'>[] }

/** A stream whose sums grow with the transfer, by all that it moves; coins only. */
export interface CountedIn {
  streamId: string
  /** Whose total on the supporters' board. */
  supporterId: string
  /** Sum of `units` of one combo. */
  combo?: { id: string; units: number }
}

export interface TransferAsk {
  /** Made by who asks, 1–64 of `A–Z a–z 0–9 _ : . -`; the same moves coins once. */
  id: string
  /** Who asks, in the same form: ids of different askers are different. */
  by: string
  /** What it is for, such as `gift`: 1–32 of `a–z _`. */
  kind: string
  movement: Movement
  countedIn?: CountedIn
  /** Kept with it and a part of what it says: the same id with other details is refused. */
  details?: Readonly<Record<string, string | number | boolean | null>>
  /** Kept with it; a retry may say otherwise. */
  notes?: Readonly<Record<string, string | number | boolean | null>>
}

/** Sums right behind a transfer. */
export interface StreamSums {
  /** Number of the transfer among those counted in its stream, from 1 without a hole. */
  n: number
  coins: number
  supporterCoins: number
  comboUnits: number
}

/** A balance behind the `n`-th posting of its account. */
export interface BalanceNow {
  currency: Currency
  balance: number
  n: number
}

/** What a posted transfer came to, the same for ever. */
export interface Receipt {
  /** UUID, made of `by` and `id`; the id of a hold to resolve. */
  id: string
  /** Unix ms. */
  at: number
  kind: string
  /** Of people's accounts it touched, right behind it. */
  balances: ({ userId: string } & BalanceNow)[]
  stream?: StreamSums
}

export type TransferOutcome =
  | { receipt: Receipt; isReplayed: boolean }
  | { refused: TransferRefusalCode }

export interface Ledger {
  /** Never rejects. Transfers of one process are decided in the order in which they are asked. */
  transfer(ask: TransferAsk): Promise<TransferOutcome>
}

/** What a personal room asks of its owner's wallet. */
export interface WalletWatch {
  balances(userId: string): Promise<BalanceNow[]>
  /** Calls back when a balance has changed, in whatever process. The result stops it. */
  subscribe(userId: string, listener: (now: BalanceNow) => void): () => void
}
