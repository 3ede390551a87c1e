// A thousand people buy, prolong, replace and let end what they like while jobs run or do not; what
// PostgreSQL holds is what a few numbers per person say, which know no terms and no tables.
import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { Refused } from '../platform/http/refusal.ts'
import { seeded } from './testing/seeded.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { verifyLedger } from '../wallet/verify-ledger.ts'
import { houseTiers } from './house-tiers.ts'
import { dayMs, tierBench } from './testing/tier-bench.ts'

const people = 1_000
const together = 100
const steps = 12
const coins = 40_000
const aheadMs = 366 * dayMs

/** What somebody has left, by level, in ms: the highest is used up first. */
class Model {
  coins = coins
  bonus = 0
  readonly #left = new Map<number, number>()

  get level(): number {
    return Math.max(0, ...this.#left.keys())
  }

  untilAt(now: number): number | null {
    const left = this.#left.get(this.level)
    return left === undefined ? null : now + left
  }

  pass(from: number, to: number): void {
    for (let at = from; at < to; ) {
      const midnight = (Math.floor(at / dayMs) + 1) * dayMs
      const next = Math.min(midnight, to, at + (this.#left.get(this.level) ?? to - at))
      const { level } = this
      const left = (this.#left.get(level) ?? 0) - (next - at)
      if (left > 0) this.#left.set(level, left)
      else this.#left.delete(level)
      at = next
      if (at % dayMs === 0) this.bonus += kindOf(level)?.dailyBonus ?? 0
    }
  }

  buy(level: number): string {
    const { priceCoins = 0, days = 0 } = kindOf(level) ?? {}
    if (this.level > level) return 'higher_tier_held'
    const left = this.level === level ? (this.#left.get(level) ?? 0) : 0
    if (left + days * dayMs > aheadMs && left > 0) return 'too_far_ahead'
    if (this.coins < priceCoins) return 'insufficient_coins'
    this.coins -= priceCoins
    if (level > this.level) this.#left.clear()
    this.#left.set(level, left + days * dayMs)
    return 'bought'
  }
}
const kindOf = (level: number) => houseTiers.find((one) => one.level === level)

interface Somebody {
  id: string
  model: Model
  requests: { level: number; requestId: string }[]
}

test('[OG-11] a thousand histories end as the model says', async () => {
  const seed = Number(process.env.TIERS_SEED ?? randomInt(2 ** 31))
  const random = seeded(seed)
  const bench = await tierBench()
  const { database, clock, desk, buy } = bench

  /** As people do: mostly what they have, seldom a jump; sometimes the same request again. */
  const act = async (one: Somebody) => {
    const known = one.requests[Math.floor(random() * one.requests.length)]
    if (known !== undefined && random() < 0.2) {
      const again = await buy(one.id, known.level, known.requestId)
      expect(again, `seed ${seed}`).not.toBeInstanceOf(Refused)
      return
    }
    const level = random() < 0.6 ? Math.max(1, one.model.level) : 1 + Math.floor(random() * 5)
    const requestId = `request-${one.requests.length}`
    const expected = one.model.buy(level)
    const outcome = await buy(one.id, level, requestId)
    const said = outcome instanceof Refused ? outcome.code : 'bought'
    expect(said, `seed ${seed}`).toBe(expected)
    if (said === 'bought') one.requests.push({ level, requestId })
  }
  const check = async ({ id, model }: Somebody) => {
    const [tier, left, bonus] = await Promise.all([
      desk.of(id),
      balanceOf(database.sql, id),
      balanceOf(database.sql, id, 'bonus'),
    ])
    const { level } = model
    const expected = {
      level,
      until: model.untilAt(clock.now),
      left: model.coins,
      bonus: model.bonus,
    }
    expect({ ...tier, left, bonus }, `seed ${seed}`).toEqual(expected)
  }

  for (let count = 0; count < people; count += together) {
    const ids = await newPeople(database.sql, together)
    const group = ids.map((id): Somebody => ({ id, model: new Model(), requests: [] }))
    await Promise.all(ids.map((id) => bench.fill(id, coins)))
    for (let step = 0; step < steps; step += 1) {
      await Promise.all(group.filter(() => random() < 0.4).map(act))
      const before = clock.now
      // Now and then to a midnight, sharp.
      // Mostly days, seldom weeks: each day of each person is a payment of its own.
      const ms = Math.floor(random() ** 3 * 20 * dayMs)
      clock.now = random() < 0.2 ? (Math.floor((before + ms) / dayMs) + 1) * dayMs : before + ms
      for (const { model } of group) model.pass(before, clock.now)
      if (random() < 0.5) await Promise.all([bench.payBonuses(), bench.tellEnded()])
    }
    await bench.payBonuses()
    await Promise.all(group.map(check))
  }
  expect((await verifyLedger(database.transaction)).faults, `seed ${seed}`).toEqual([])
}, 120_000)
