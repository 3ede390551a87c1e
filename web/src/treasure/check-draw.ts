/** The proof of a draw, held against what this page was shown before and afterwards. */
import type { TreasureProof } from '@odeon/rooms/protocol'
import { isTreasureProven } from '@odeon/sdk'
import type { TreasureNow } from './use-treasure.ts'

export interface Shown {
  box: Pick<TreasureNow, 'id' | 'byId' | 'coins' | 'shares' | 'lucky'>
  /** The first this page saw of the box. */
  commitment: string
  ownId: string
  /** The own one, if it was claimed from this page. */
  ticket: string | undefined
}

/** True if it follows from what was bound, and is what was shown: to everybody, and to oneself. */
export async function isDrawnAsShown(proof: TreasureProof, shown: Shown): Promise<boolean> {
  const { box, commitment, ownId, ticket } = shown
  const { rules, drawn } = proof
  if (drawn === null || !(await isTreasureProven(proof, commitment))) return false
  const isThisBox =
    rules.boxId === box.id &&
    rules.funderId === box.byId &&
    rules.coins === box.coins &&
    rules.shares === box.shares
  const coinsOf = (all: Iterable<{ coins: number }>) => Array.from(all, ({ coins }) => coins)
  const areSameShares = coinsOf(drawn.lucky).join() === coinsOf(box.lucky).join()
  if (!isThisBox || !areSameShares || ticket === undefined) return isThisBox && areSameShares
  const place = box.lucky.findIndex(({ id }) => id === ownId)
  const drawnPlace = drawn.lucky.findIndex((one) => one.ticket === ticket)
  return drawn.tickets.includes(ticket) && place === drawnPlace
}
