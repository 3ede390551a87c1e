/** Tiers of the house: `odeon.tiers`. What is true now is in one's own room: `me.state.tier`. */
import type { HouseTier, OwnTier } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import type { World } from '../world.ts'

export interface BoughtTier {
  tier: OwnTier
  /** What is left, right behind it. */
  balanceCoins: number
}

export class Tiers {
  readonly #session: Session
  readonly #newId: World['newId']

  constructor(session: Session, { newId }: Pick<World, 'newId'>) {
    this.#session = session
    this.#newId = newId
  }

  /** What can be bought, lowest first. */
  async list(): Promise<HouseTier[]> {
    const path = '/v1/og'
    return (await this.#session.send<{ tiers: HouseTier[] }>({ method: 'GET', path })).tiers
  }

  /** What one has; level 0 without a tier. Guests are refused with `account_required`. */
  mine(): Promise<OwnTier> {
    return this.#session.send({ method: 'GET', path: '/v1/me/og' })
  }

  /**
   * Buys a tier with coins: the same again adds its days, a higher one holds at once and ends the
   * lower. When the call is `Unavailable`, ask again with the same `requestId`: it is bought once.
   * Refused with `higher_tier_held`, `too_far_ahead`, `insufficient_coins`, `wallet_frozen`,
   * `ledger_busy`, `no_such_tier`, `request_reused`, `account_required`.
   */
  buy(level: number, { requestId = this.#newId() } = {}): Promise<BoughtTier> {
    const body = { level, requestId }
    return this.#session.send({ method: 'POST', path: '/v1/me/og', body })
  }
}
