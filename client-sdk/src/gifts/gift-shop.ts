/** What can be given in live rooms: `odeon.gifts`. */
import type { GiftEffect } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'

export interface HouseGift {
  id: string
  priceCoins: number
  /** How much room its animation takes. */
  effect: GiftEffect
  /** Tier of the house a sender needs; 0 for everybody. */
  tierMin: number
}

export class GiftShop {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Cheapest first. The price that counts is the one when a gift is sent. */
  catalogue(): Promise<{ gifts: HouseGift[]; quantityMax: number }> {
    return this.#session.send({ method: 'GET', path: '/v1/gifts' })
  }
}
