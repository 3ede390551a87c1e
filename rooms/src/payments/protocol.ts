/** Buying coins as everybody names it: packs, gateways, what becomes of a payment. No behaviour. */

/** `sandbox` moves no money and is for development alone. */
export const gatewayNames = ['esewa', 'khalti', 'stripe', 'sandbox'] as const
export type GatewayName = (typeof gatewayNames)[number]

/** Amounts are whole minor units, paisa and cents: NPR 10 is 1,000. */
export const fiatCurrencies = ['NPR', 'USD'] as const
export type FiatCurrency = (typeof fiatCurrencies)[number]

/**
 * `pending` until the gateway confirms; `paid` when the coins are there. `failed` and `expired`
 * become `paid` all the same should the money arrive. `charged_back` is open or lost.
 */
export const paymentStates = [
  'pending',
  'paid',
  'refunded',
  'charged_back',
  'failed',
  'expired',
] as const
export type PaymentState = (typeof paymentStates)[number]

export interface CoinPack {
  id: string
  coins: number
  currency: FiatCurrency
  /** Minor units. */
  amount: number
}

/** Where one pays, and in what. */
export interface OfferedGateway {
  name: GatewayName
  currencies: FiatCurrency[]
}

/** Where a person goes to pay: an address, or a form that is posted there. */
export interface PayWay {
  url: string
  /** With it the browser posts these to `url`; without it it just goes there. */
  fields: Record<string, string> | null
}

export interface PaymentView {
  id: string
  packId: string
  coins: number
  gateway: GatewayName
  currency: FiatCurrency
  /** Minor units. */
  amount: number
  state: PaymentState
  /** Unix ms. */
  at: number
  /** Until when one may pay, as far as we know. */
  expiresAt: number
  /** Of the amount, what came back to the payer; minor units. */
  refunded: number
  /** Coins that were to go back and were not there any more. */
  coinsOwed: number
  /** Money may have come that is not what was asked: a person of the house must look. */
  needsLook: boolean
}

export const paymentLimits = {
  historyPageMax: 50,
  /** Payments of one person that are neither paid nor over. */
  openMax: 10,
} as const

/** With their HTTP statuses, as endpoints refuse. */
export const paymentRefusals = {
  unknown_pack: { status: 404, text: 'There is no such pack.' },
  unknown_gateway: { status: 404, text: 'One cannot pay that way here.' },
  currency_not_taken: { status: 409, text: 'This way of paying does not take that currency.' },
  too_many_payments: { status: 409, text: 'Finish or let go of the payments you began first.' },
  payment_id_reused: { status: 409, text: 'This id stands for another payment.' },
  gateway_unavailable: { status: 503, text: 'That way of paying does not answer. Try another.' },
} as const
