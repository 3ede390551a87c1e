/** Buying coins: `odeon.payments`. Coins that arrive show in `me.state.wallet`, live. */
import type {
  CoinPack,
  GatewayName,
  OfferedGateway,
  PaymentView,
  PayWay,
} from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import type { World } from '../world.ts'

export interface CoinOffer {
  packs: CoinPack[]
  gateways: OfferedGateway[]
}

export interface Checkout {
  /** Of `packs()`. */
  packId: string
  gateway: GatewayName
  /** Keep it and ask again after a lost answer: the same id begins one payment. */
  requestId?: string
}

export interface CheckoutBegun {
  payment: PaymentView
  /** Where to pay: go there, or post `fields` to it. Null once there is nothing to pay. */
  way: PayWay | null
}

export interface PaymentPage {
  payments: PaymentView[]
  more: boolean
  /** Of all payments: while it is above 0 no coins can be given away. */
  coinsOwed: number
}

/** Amounts are minor units, paisa and cents. Guests are refused with `account_required`. */
export class Payments {
  readonly #session: Session
  readonly #world: World

  constructor(session: Session, world: World) {
    this.#session = session
    this.#world = world
  }

  packs(): Promise<CoinOffer> {
    return this.#session.send({ method: 'GET', path: '/v1/payments/packs' })
  }

  /**
   * Refused with `unknown_pack`, `unknown_gateway`, `currency_not_taken`, `too_many_payments`,
   * `payment_id_reused`, `gateway_unavailable`.
   */
  checkout({ packId, gateway, requestId = this.#world.newId() }: Checkout): Promise<CheckoutBegun> {
    const body = { packId, gateway, requestId }
    return this.#session.send({ method: 'POST', path: '/v1/payments', body })
  }

  /** As it is known. Refused with `not_found`. */
  get(id: string): Promise<PaymentView> {
    return this.#session.send({ method: 'GET', path: pathOf(id) })
  }

  /** Has the gateway asked, at most every two seconds. */
  check(id: string): Promise<PaymentView> {
    return this.#session.send({ method: 'POST', path: `${pathOf(id)}/check` })
  }

  /** For development: says what became of a payment at the sandbox. */
  sandbox(id: string, act: 'pay' | 'decline' | 'refund'): Promise<PaymentView> {
    return this.#session.send({ method: 'POST', path: `${pathOf(id)}/sandbox`, body: { act } })
  }

  /** Newest first; `before` is the id of the last one of the page before. */
  history(query: { before?: string; limit?: number } = {}): Promise<PaymentPage> {
    return this.#session.send({ method: 'GET', path: '/v1/payments', query })
  }
}

const pathOf = (id: string) => `/v1/payments/${encodeURIComponent(id)}`
