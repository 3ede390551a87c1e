/** What the own side has come to: the ledger's gifts, each once, and the room's reactions. */
import type { BattleRecord } from './battle-record.ts'
import { type CountedGift, pointsOfGift, pointsOfReactions } from './score.ts'

export interface NumberedGift extends CountedGift {
  /** Number of the gift in its stream. */
  n: number
}

export class SideCount {
  #gifts = 0
  /** The newest gift that `#gifts` is sure to hold. */
  #toN = 0
  reactions = 0
  /** Told while the ledger was read. */
  #meanwhile: NumberedGift[] | undefined

  clear(): void {
    this.#gifts = 0
    this.#toN = 0
    this.reactions = 0
    this.#meanwhile = undefined
  }

  add(battle: BattleRecord, streamId: string, gift: NumberedGift): void {
    this.#meanwhile?.push(gift)
    if (gift.n <= this.#toN) return
    this.#toN = gift.n
    this.#gifts += pointsOfGift(battle, streamId, gift)
  }

  /** The ledger is read from now on. */
  begin(): void {
    this.#meanwhile = []
  }

  /** It was read to number `toN`; what was told beyond that is added. */
  finish(battle: BattleRecord, streamId: string, read: { gifts: number; toN: number }): void {
    const behind = (this.#meanwhile ?? []).filter(({ n }) => n > read.toN)
    this.#meanwhile = undefined
    this.#gifts = read.gifts
    this.#toN = read.toN
    for (const gift of behind) this.add(battle, streamId, gift)
  }

  points(battle: BattleRecord): number {
    return this.#gifts + pointsOfReactions(battle, this.reactions)
  }
}
