/** What a room needs to give gifts: a catalogue, and somebody who moves the coins. */
import type { GiftEffect, GiftRefusalCode } from './protocol.ts'

export interface GiftKind {
  id: string
  priceCoins: number
  effect: GiftEffect
  /** Tier of the house a sender needs; 0 for everybody. */
  tierMin: number
}

/** `id` is the sender's name for it: the same one moves coins once. The catalogue has the price. */
export interface GiftAsk {
  id: string
  streamId: string
  from: { id: string; name: string }
  to: string
  giftId: string
  quantity: number
  comboId: string
  /** When the room was asked for it, Unix ms. */
  askedAt: number
}

/** A gift as the ledger has it; sums are those right behind it, in the order of `n`. */
export interface GiftReceipt {
  id: string
  n: number
  /** Unix ms: when the ledger took it, and when its room was asked for it. */
  at: number
  askedAt: number
  from: { id: string; name: string }
  giftId: string
  quantity: number
  coins: number
  comboId: string
  comboUnits: number
  streamCoins: number
  /** Of this sender in this stream. */
  supporterCoins: number
}

export type GiftOutcome =
  | { receipt: GiftReceipt; balanceCoins: number }
  | { refused: GiftRefusalCode; retryAfterMs?: number }

/** How a stream's gifts stand in the ledger. */
export interface GiftsStanding {
  n: number
  coins: number
  /** Most first; of equals whoever got there first. */
  supporters: { id: string; name: string; coins: number }[]
}

export interface GiftDesk {
  /** What can be given now; read often, so it is at hand. */
  find(giftId: string): GiftKind | undefined
  /** Rejects when it is not known whether coins moved: the same id asked again tells. */
  send(ask: GiftAsk): Promise<GiftOutcome>
  standing(streamId: string, supportersMax: number): Promise<GiftsStanding>
  /** Gifts of a stream behind number `n`, in order. */
  after(streamId: string, n: number, limit: number): Promise<GiftReceipt[]>
  /** What each person gave by minute, oldest first; those who gave most. */
  given(streamId: string, range: GivenRange): Promise<Given[]>
}

export interface GivenRange {
  /** Unix ms. */
  since: number
  /** The last gift that counts. */
  toN: number
  peopleMax: number
}

export interface Given {
  from: { id: string; name: string }
  /** Unix ms. */
  at: number
  coins: number
}
