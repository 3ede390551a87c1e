/** A gateway as payments know it: a way to pay, and what it says of a payment when asked. */
import type { FiatCurrency, GatewayName, PaymentState, PayWay } from '@odeon/rooms'
import type { RefusalReason } from './payment-meter.ts'

/** A payment as it is kept. */
export interface PaymentRow {
  id: string
  userId: string
  packId: string
  coins: number
  gateway: GatewayName
  currency: FiatCurrency
  /** Minor units. */
  amount: number
  state: PaymentState
  /** What the gateway calls it; null while it was not told of it. */
  ref: string | null
  way: PayWay | null
  at: number
  expiresAt: number
  isPaid: boolean
  refunded: number
  coinsOwed: number
  /** They were not there when they were to go back: owed for more than a moment. */
  isShort: boolean
  /** What a person must look at, by name. */
  trouble: string | null
  looks: number
  lookedAt: number
  /** Questions to its gateway are numbered; the last one, and the last one that was answered. */
  asked: number
  answered: number
  /** When its gateway was last asked and no money was there or on its way; null before. */
  unpaidAt: number | null
}

export interface Dispute {
  id: string
  /** Minor units that are taken back while it is open, and for good when it is lost. */
  amount: number
  /** An inquiry takes nothing back, and neither does a dispute that was prevented. */
  outcome: 'open' | 'won' | 'lost' | 'inquiry' | 'prevented'
}

/** What was paid, by the gateway's own word. */
export interface Paid {
  amount: number
  currency: string
  /** What it was paid for, as we named it to the gateway. */
  product: string
}

/** What a gateway says of a payment, as it is when it is asked. */
export interface GatewayFacts {
  status: 'pending' | 'paid' | 'failed' | 'expired'
  /** With `pending`: nobody has tried to pay so far. */
  isUntried?: boolean
  /** With `paid`. */
  paid?: Paid
  /** The gateway's own id of the money that moved; it pays for one payment only. */
  transaction?: string
  /** All that was given back and did not return to the house, minor units. */
  refunded?: number
  disputes?: readonly Dispute[]
  /** Something that a person must look at. */
  trouble?: RefusalReason
}

/** Facts, with the question they answer. */
export interface Answer {
  facts: GatewayFacts
  asked: number
  /** When it was asked, Unix ms. */
  at: number
}

/** They tell nobody what happened after the browser has left them. */
export const untoldGateways: ReadonlySet<GatewayName> = new Set(['esewa', 'khalti'])

export interface Gateway {
  readonly name: GatewayName
  readonly currencies: readonly FiatCurrency[]
  /** What it hands out to pay with may be used at any time, at the price that stands on it. */
  readonly isOpenEnded?: boolean
  /** Where pages send a form to pay; absent when they just go there. */
  readonly formOrigin?: string
  /** Asked again for the same payment it may answer anew. Rejects with `GatewayUnavailable`. */
  begin(payment: PaymentRow): Promise<{ ref: string; way: PayWay; expiresAt?: number }>
  /** Rejects with `GatewayUnavailable`. */
  look(payment: PaymentRow & { ref: string }): Promise<GatewayFacts>
  /** What `Paid.product` must be. */
  productOf(payment: PaymentRow): string
}

/** It did not answer, or not as it says it does. Never holds a key or a body. */
export class GatewayUnavailable extends Error {
  override name = 'GatewayUnavailable'
}

/** Where people come back to, by pages of the web app. */
export interface ReturnPages {
  paid(paymentId: string): string
  /** Without having paid, as far as the gateway's link says. */
  left(paymentId: string): string
}

export function returnPages(publicUrl: string): ReturnPages {
  return {
    paid: (id) => `${publicUrl}/coins/return/${id}`,
    left: (id) => `${publicUrl}/coins/left/${id}`,
  }
}
