/** Who gets what of a gift: the rounding remainder is the creator's. */
import type { AccountRef, Leg } from './ledger.ts'

const wholeBps = 10_000

export interface GiftShares {
  from: string
  to: string
  coins: number
  /** Of 10,000. */
  creatorShareBps: number
}

/** The legs of one gift; the house gets none when its share is less than a coin. */
export function shareGift({ from, to, coins, creatorShareBps }: GiftShares): Leg[] {
  const house = Math.floor((coins * (wholeBps - creatorShareBps)) / wholeBps)
  const giver: AccountRef = { kind: 'user', userId: from, currency: 'coin' }
  const parts: Omit<Leg, 'from'>[] = [
    { to: { kind: 'user', userId: to, currency: 'coin' }, amount: coins - house },
    { to: { kind: 'platform', currency: 'coin' }, amount: house },
  ]
  return parts.filter(({ amount }) => amount > 0).map((part) => ({ from: giver, ...part }))
}
