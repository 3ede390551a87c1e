/** A hype train starts when several people give close together; it rises by what they give (G4). */
import type { Given } from './gift-desk.ts'
import { type TrainMoved, trainLimits } from './protocol.ts'
import type { HypeTrain } from './state.ts'

type Moved = Omit<TrainMoved, 'seq' | 'at'>
const goalOf = (level: number): number => trainLimits.goals[level - 1] as number

export class HypeTrains {
  readonly #train: HypeTrain
  /** The newest gift of each: of the last minutes, or of everybody on the train. */
  readonly #given = new Map<string, Given>()

  constructor(train: HypeTrain) {
    this.#train = train
  }

  /** What the ledger has from before: the state knows already what came of it. */
  recall(given: readonly Given[]): void {
    const { level, since, restUntil } = this.#train
    const from = level === 0 ? restUntil : since - trainLimits.startWithinMs
    for (const gift of given) if (gift.at >= from) this.#given.set(gift.from.id, gift)
  }

  /** One more gift; returns what everybody shall hear of it. */
  give(gift: Given): Moved[] {
    const train = this.#train
    const { at: now } = gift
    const over = this.beat(now)
    if (train.level === 0 && now < train.restUntil) return over
    this.#given.set(gift.from.id, gift)
    if (train.level > 0) return [...over, ...this.#rise(gift.coins, now)]
    for (const [id, { at }] of this.#given) {
      if (at <= now - trainLimits.startWithinMs) this.#given.delete(id)
    }
    return this.#given.size < trainLimits.supportersMin ? over : [...over, ...this.#start(now)]
  }

  /** The time of its level may be over. */
  beat(now: number): Moved[] {
    const { level, until } = this.#train
    return level === 0 || now < until ? [] : [this.#end(now)]
  }

  #start(now: number): Moved[] {
    let coins = 0
    for (const given of this.#given.values()) coins += given.coins
    const until = now + trainLimits.levelMs
    this.#train.assign({
      level: 1,
      totalCoins: 0,
      coins: 0,
      goalCoins: goalOf(1),
      since: now,
      until,
    })
    const risen = this.#rise(coins, now)
    return [{ ...this.#said('started'), level: 1 }, ...risen]
  }

  /** What is over a level's goal counts for the next. */
  #rise(coins: number, now: number): Moved[] {
    const train = this.#train
    const said: Moved[] = []
    train.totalCoins += coins
    train.supporters = this.#given.size
    let left = train.coins + coins
    while (left >= train.goalCoins && train.level < trainLimits.goals.length) {
      left -= train.goalCoins
      train.level += 1
      train.goalCoins = goalOf(train.level)
      train.until = now + trainLimits.levelMs
      said.push(this.#said('levelled'))
    }
    train.coins = Math.min(left, train.goalCoins)
    return said
  }

  #end(now: number): Moved {
    const said = this.#said('ended')
    this.#given.clear()
    const restUntil = now + trainLimits.cooldownMs
    const none = { level: 0, totalCoins: 0, coins: 0, goalCoins: 0, since: 0, until: 0 }
    this.#train.assign({ ...none, supporters: 0, restUntil })
    return said
  }

  #said(what: Moved['what']): Moved {
    const { level, supporters, totalCoins: coins } = this.#train
    return { what, level, coins, supporters }
  }
}
