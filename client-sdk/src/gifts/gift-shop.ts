/** What can be given in live rooms, and the draws of treasure boxes: `odeon.gifts`. */
import type { GiftEffect, TreasureProof } from '@odeon/rooms/protocol'
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

  /**
   * Rules and commitment of a treasure box; seed and tickets once it is drawn. `isTreasureProven`
   * works it out again. Refused with `no_box`.
   */
  treasureProof(boxId: string): Promise<TreasureProof> {
    return this.#session.send({ method: 'GET', path: `/v1/treasures/${boxId}` })
  }
}
