/** What gifts have come to, as an earlier process left it; what came since the ledger tells. */
import { writeSupporters } from './gift-house.ts'
import type { Gifts } from './state.ts'

/** Rooms that an earlier version wrote have none. */
export function carryGifts(gifts: Gifts, before: Gifts | undefined): void {
  if (before === undefined) return
  const { n, coins, supporters, throne, train, goal } = before
  gifts.assign({ n, coins })
  writeSupporters(
    gifts.supporters,
    supporters.toArray().map(({ id, name, coins: given }) => ({ id, name, coins: given })),
  )
  gifts.throne.assign(throne.toJSON())
  gifts.train.assign(train.toJSON())
  gifts.goal.assign(goal.toJSON())
}
