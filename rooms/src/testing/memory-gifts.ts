/** Gifts over a ledger of plain numbers: honest about order, replays and sums. */
import type {
  GiftAsk,
  GiftDesk,
  GiftKind,
  GiftOutcome,
  GiftReceipt,
  Given,
  GivenRange,
} from '../gifts/gift-desk.ts'
import type { World } from '../ports.ts'

export const memoryGiftKinds: readonly GiftKind[] = [
  { id: 'rose', priceCoins: 1, effect: 'tap', tierMin: 0 },
  { id: 'comet', priceCoins: 500, effect: 'banner', tierMin: 0 },
  { id: 'crown', priceCoins: 5_000, effect: 'stage', tierMin: 2 },
]

export class MemoryGifts implements GiftDesk {
  readonly receipts = new Map<string, GiftReceipt[]>()
  readonly balances = new Map<string, number>()
  /** What the next asks wait for before the coins move, and behind it: to hold or to fail them. */
  before: () => Promise<void> = () => Promise.resolve()
  behind: () => Promise<void> = () => Promise.resolve()
  readonly #world: Pick<World, 'now'>
  readonly #known = new Map<string, GiftReceipt>()

  constructor(world: Pick<World, 'now'>) {
    this.#world = world
  }

  find(giftId: string): GiftKind | undefined {
    return memoryGiftKinds.find(({ id }) => id === giftId)
  }

  async send(ask: GiftAsk): Promise<GiftOutcome> {
    await this.before()
    const key = `${ask.from.id} ${ask.id}`
    const known = this.#known.get(key)
    const kind = this.find(ask.giftId) as GiftKind
    const coins = kind.priceCoins * ask.quantity
    const balanceCoins = this.#balanceOf(ask.from.id) - (known ? 0 : coins)
    if (known === undefined) {
      if (kind.tierMin > 0) return { refused: 'tier_needed' }
      if (balanceCoins < 0) return { refused: 'insufficient_coins' }
      this.balances.set(ask.from.id, balanceCoins)
      this.#known.set(key, this.#write(ask, coins))
    }
    const receipt = this.#known.get(key) as GiftReceipt
    await this.behind()
    return { receipt, balanceCoins }
  }

  async standing(streamId: string, supportersMax: number) {
    const receipts = this.#of(streamId)
    const last = receipts.at(-1)
    const people = new Map<string, { id: string; name: string; coins: number }>()
    for (const { from, supporterCoins: coins } of receipts) people.set(from.id, { ...from, coins })
    const supporters = [...people.values()].sort((one, other) => other.coins - one.coins)
    const [n, coins] = [last?.n ?? 0, last?.streamCoins ?? 0]
    return { n, coins, supporters: supporters.slice(0, supportersMax) }
  }

  async after(streamId: string, n: number, limit: number): Promise<GiftReceipt[]> {
    return this.#of(streamId).slice(n, n + limit)
  }

  async given(streamId: string, { since, toN }: GivenRange): Promise<Given[]> {
    return this.#of(streamId).filter((receipt) => receipt.at >= since && receipt.n <= toN)
  }

  #write(ask: GiftAsk, coins: number): GiftReceipt {
    const { id, streamId, from, giftId, quantity, comboId, askedAt } = ask
    const receipts = this.#of(streamId)
    const last = receipts.at(-1)
    const sumOf = (isSo: (one: GiftReceipt) => boolean, of: (one: GiftReceipt) => number) =>
      receipts.filter(isSo).reduce((sum, one) => sum + of(one), 0)
    const receipt = {
      id,
      n: receipts.length + 1,
      at: this.#world.now(),
      askedAt,
      from,
      giftId,
      quantity,
      coins,
      comboId,
      comboUnits:
        sumOf(
          (one) => one.comboId === comboId,
          (one) => one.quantity,
        ) + quantity,
      streamCoins: (last?.streamCoins ?? 0) + coins,
      supporterCoins:
        sumOf(
          (one) => one.from.id === from.id,
          (one) => one.coins,
        ) + coins,
    }
    receipts.push(receipt)
    return receipt
  }

  #balanceOf(userId: string): number {
    return this.balances.get(userId) ?? 0
  }

  #of(streamId: string): GiftReceipt[] {
    const known = this.receipts.get(streamId) ?? []
    this.receipts.set(streamId, known)
    return known
  }
}
