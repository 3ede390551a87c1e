/** Gifts over the ledger in memory, and a line to it that a test holds, cuts and lets go. */
import type {
  GiftAsk,
  GiftDesk,
  GiftOutcome,
  GiftReceipt,
  Given,
  GivenRange,
} from '../../gifts/gift-desk.ts'
import type { TransferAsk } from '../../wallet/ledger.ts'
import { MemoryLedger } from '../../wallet/memory-ledger.ts'
import { shareGift } from '../../wallet/share-gift.ts'
import { memoryGiftKinds } from '../memory-gifts.ts'

/** What becomes of an ask: it or its answer is lost, or it comes to the ledger when let go. */
export const fates = ['well', 'late', 'lost', 'unanswered'] as const
export type Fate = (typeof fates)[number]

class LineDown extends Error {}

export class LedgerGifts implements GiftDesk {
  /** By stream, in the ledger's order. */
  readonly receipts = new Map<string, GiftReceipt[]>()
  readonly ledger: MemoryLedger
  /** Of the next ask. */
  fate: Fate = 'well'
  /** The ledger's house is not to be reached. */
  isAway = false
  readonly #late: (() => void)[] = []

  constructor(now: () => number) {
    this.ledger = new MemoryLedger({ now })
  }

  /** One of those held comes to the ledger. */
  letGo(which: number): void {
    const [one] = this.#late.splice(which % Math.max(1, this.#late.length), 1)
    one?.()
  }

  get held(): number {
    return this.#late.length
  }

  fill(userId: string, coins: number): void {
    const from = { kind: 'gateway' as const, currency: 'coin' as const }
    const to = { kind: 'user' as const, userId, currency: 'coin' as const }
    const legs = [{ from, to, amount: coins }]
    this.ledger.post([{ id: 'fill', by: userId, kind: 'fill', movement: { do: 'post', legs } }])
  }

  find(giftId: string) {
    return memoryGiftKinds.find(({ id }) => id === giftId)
  }

  async send(ask: GiftAsk): Promise<GiftOutcome> {
    const { fate } = this
    this.fate = 'well'
    if (this.isAway || fate === 'lost') throw new LineDown()
    if (fate === 'late') await new Promise<void>((go) => this.#late.push(go))
    const outcome = this.#give(ask)
    if (fate === 'unanswered') throw new LineDown()
    return outcome
  }

  async standing(streamId: string, supportersMax: number) {
    this.#demandLine()
    const receipts = this.of(streamId)
    const last = receipts.at(-1)
    const supporters = supportersOf(receipts).slice(0, supportersMax)
    return { n: receipts.length, coins: last?.streamCoins ?? 0, supporters }
  }

  async after(streamId: string, n: number, limit: number): Promise<GiftReceipt[]> {
    this.#demandLine()
    return this.of(streamId).slice(n, n + limit)
  }

  async given(streamId: string, { since, toN }: GivenRange): Promise<Given[]> {
    this.#demandLine()
    return this.of(streamId).filter(({ at, n }) => at >= since && n <= toN)
  }

  of(streamId: string): GiftReceipt[] {
    const known = this.receipts.get(streamId) ?? []
    this.receipts.set(streamId, known)
    return known
  }

  #demandLine(): void {
    if (this.isAway) throw new LineDown()
  }

  #give(ask: GiftAsk): GiftOutcome {
    const { streamId, from, giftId, quantity, comboId, askedAt } = ask
    const coins = (this.find(giftId)?.priceCoins ?? 0) * quantity
    const outcome = this.ledger.post([transferOf(ask, coins)])[0]
    if (outcome === undefined) throw new Error('The ledger said nothing.')
    if ('refused' in outcome) {
      if (outcome.refused !== 'insufficient_coins') throw new Error(outcome.refused)
      return { refused: outcome.refused }
    }
    const { id, at, balances, stream } = outcome.receipt
    if (stream === undefined) throw new Error('A gift is counted in its stream.')
    const { n, coins: streamCoins, supporterCoins, comboUnits } = stream
    if (!outcome.isReplayed) {
      const sums = { streamCoins, supporterCoins, comboUnits }
      const gift = { id, n, at, askedAt, from, giftId, quantity, coins, comboId, ...sums }
      this.of(streamId).push(gift)
    }
    const balanceCoins = balances.find(({ userId }) => userId === from.id)?.balance ?? 0
    return { receipt: this.of(streamId)[n - 1] as GiftReceipt, balanceCoins }
  }
}

function transferOf(ask: GiftAsk, coins: number): TransferAsk {
  const { id, streamId, from, to, comboId, giftId, quantity, askedAt } = ask
  const legs = shareGift({ from: from.id, to, coins, creatorShareBps: 7_000 })
  return {
    id,
    by: from.id,
    kind: 'gift',
    movement: { do: 'post', legs },
    countedIn: { streamId, supporterId: from.id, combo: { id: comboId, units: quantity } },
    details: { giftId, quantity },
    notes: { name: from.name, askedAt },
  }
}

/** Most first; of equals whoever got there first. */
export function supportersOf(receipts: readonly GiftReceipt[]) {
  const people = new Map<string, { id: string; name: string; coins: number; n: number }>()
  for (const { from, supporterCoins: coins, n } of receipts) {
    people.set(from.id, { ...from, coins, n })
  }
  return [...people.values()]
    .sort((one, other) => other.coins - one.coins || one.n - other.n)
    .map(({ id, name, coins }) => ({ id, name, coins }))
}
