// Tiers over PostgreSQL: buying, prolonging, ending, being told, being paid.
import { expect, test } from 'vitest'
import { Refused } from '../platform/http/refusal.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { verifyLedger } from '../wallet/verify-ledger.ts'
import { houseTiers } from './house-tiers.ts'
import { dayMs, someMidnight, tierBench } from './testing/tier-bench.ts'

const bench = await tierBench()
const { database, clock, desk, fill, buy, pass, payBonuses, tellEnded } = bench
const { sql } = database

async function person(coins = 100_000): Promise<string> {
  const [id] = (await newPeople(sql, 1)) as [string]
  if (coins > 0) await fill(id, coins)
  return id
}
const codeOf = (outcome: unknown) => (outcome instanceof Refused ? outcome.code : outcome)

test('[OG-01] five tiers, each with the bonus of the formula', () => {
  expect(
    houseTiers.map(({ priceCoins, days, dailyBonus }) => [priceCoins, days, dailyBonus]),
  ).toEqual([
    [1_000, 30, 20],
    [2_500, 30, 50],
    [5_000, 30, 100],
    [12_500, 30, 250],
    [25_000, 30, 500],
  ])
  expect(houseTiers.map(({ exclusiveGifts }) => exclusiveGifts)).toEqual([
    ['marigold'],
    [],
    ['crown'],
    [],
    [],
  ])
})

test('[OG-02] [OG-04] bought once by its id, prolonged by the same, replaced by a higher', async () => {
  const ann = await person(10_000)
  const until = clock.now + 30 * dayMs
  const first = { tier: { level: 1, until }, balanceCoins: 9_000 }
  expect(await buy(ann, 1, 'request-1')).toEqual(first)
  pass(1_000)
  expect(await buy(ann, 1, 'request-1')).toEqual(first)
  expect(await buy(ann, 1)).toMatchObject({ tier: { level: 1, until: until + 30 * dayMs } })
  const higher = { level: 3, until: clock.now + 30 * dayMs }
  expect(await buy(ann, 3)).toEqual({ tier: higher, balanceCoins: 3_000 })
  expect(await desk.of(ann)).toEqual(higher)
  // Asked again it is answered as things are now, and costs nothing.
  expect(await buy(ann, 1, 'request-1')).toEqual({ tier: higher, balanceCoins: 9_000 })
  expect(await balanceOf(sql, ann)).toBe(3_000)
})

test('[OG-03] refused by name, and nothing is left of it', async () => {
  const bob = await person(30_000)
  expect(codeOf(await buy(bob, 9))).toBe('no_such_tier')
  expect(codeOf(await buy(await person(0), 1))).toBe('insufficient_coins')
  await buy(bob, 2, 'request-2')
  expect(codeOf(await buy(bob, 1))).toBe('higher_tier_held')
  expect(codeOf(await buy(bob, 3, 'request-2'))).toBe('request_reused')
  expect(codeOf(await buy(bob, 5))).toMatchObject({ balanceCoins: 2_500 })
  const cy = await person(20_000)
  for (let months = 0; months < 12; months += 1) await buy(cy, 1)
  expect(codeOf(await buy(cy, 1))).toBe('too_far_ahead')
  expect(await balanceOf(sql, cy)).toBe(8_000)
  await sql`update ledger_accounts set frozen_at = now() where owner = ${cy} and currency = 'coin'`
  expect(codeOf(await buy(cy, 2))).toBe('wallet_frozen')
})

test('[OG-04] what a higher tier ended is no end of the lower one that is bought after it', async () => {
  const kai = await person(40_000)
  for (let months = 0; months < 4; months += 1) await buy(kai, 1)
  await buy(kai, 5)
  pass(31 * dayMs)
  const again = { level: 1, until: clock.now + 30 * dayMs }
  expect(await buy(kai, 1)).toMatchObject({ tier: again })
  expect(await desk.of(kai)).toEqual(again)
})

test('[OG-04] of purchases at the same time each counts, a lower one behind the higher', async () => {
  const dee = await person(100_000)
  const levels = [3, 2, 3, 2, 3]
  const outcomes = await Promise.all(levels.map((level) => buy(dee, level)))
  // Whether a lower one still came through is chance; whatever was paid is held.
  const paid = levels.filter((_, at) => !(outcomes[at] instanceof Refused))
  expect(paid).toContain(3)
  const rows = await sql<{ level: number; days: number }>`
    select level, extract(epoch from ends_at - starts_at)::int / 86400 as days
    from og_terms where user_id = ${dee} and ends_at > starts_at order by starts_at`
  const held = rows.map(({ level }) => level)
  const isCut = paid.includes(2) && !held.includes(2)
  const kept = isCut ? paid.filter((level) => level === 3) : paid
  expect(held).toEqual(kept.toSorted((one, other) => other - one))
  expect(rows.every(({ days }) => days === 30)).toBe(true)
  const spent = paid.reduce((sum, level) => sum + (level === 3 ? 5_000 : 2_500), 0)
  expect(await balanceOf(sql, dee)).toBe(100_000 - spent)
  expect((await desk.of(dee)).level).toBe(3)
})

test('[OG-05] [OG-06] over at its moment, told once by a notice when the sweep comes', async () => {
  await tellEnded()
  const eve = await person()
  await buy(eve, 1)
  const { until } = await desk.of(eve)
  clock.now = (until ?? 0) - 1
  expect((await desk.of(eve)).level).toBe(1)
  pass(1)
  expect(await desk.of(eve)).toEqual({ level: 0, until: null })
  const notices = async () => (await bench.notices.page(eve, { limit: 5 })).notices
  expect(await notices()).toEqual([])
  bench.refreshed.length = 0
  await tellEnded()
  await tellEnded()
  expect(await notices()).toMatchObject([{ kind: 'og_ended', path: '/og' }])
  expect(bench.refreshed).toContain(eve)
})

test('[OG-06] whoever goes on with another term is not told of an end', async () => {
  const fay = await person()
  await buy(fay, 1)
  await buy(fay, 1)
  pass(31 * dayMs)
  await tellEnded()
  await buy(fay, 2)
  pass(dayMs)
  await tellEnded()
  expect((await bench.notices.page(fay, { limit: 5 })).notices).toEqual([])
})

test('[OG-09] thirty days, thirty bonuses, whatever was missed, never twice', async () => {
  await payBonuses()
  const gus = await person()
  const start = clock.now
  await buy(gus, 2)
  expect(await balanceOf(sql, gus, 'bonus')).toBe(0)
  pass(dayMs)
  await payBonuses()
  await payBonuses()
  expect(await balanceOf(sql, gus, 'bonus')).toBe(50)
  // Nothing runs for a week.
  pass(7 * dayMs)
  await Promise.all([payBonuses(), payBonuses()])
  expect(await balanceOf(sql, gus, 'bonus')).toBe(8 * 50)
  clock.now = start + 100 * dayMs
  await payBonuses()
  expect(await balanceOf(sql, gus, 'bonus')).toBe(30 * 50)
  const [line] = await sql<{ kind: string; details: { day: string } }>`
    select t.kind, t.details from ledger_transfers t where t.asked_by = 'house.og'
      and t.ask_id like ${`${gus}:%`} order by t.ask_id limit 1`
  const day = new Date(start + dayMs).toISOString().slice(0, 10)
  expect(line).toEqual({ kind: 'og_bonus', details: { day } })
})

test('[OG-09] who owes coins gets no bonus meanwhile, and all of it once they owe none', async () => {
  clock.now = someMidnight + 300 * dayMs + 1
  await payBonuses()
  const ivy = await person()
  await buy(ivy, 2)
  const frozen = (at: Date | null) => sql`
    update ledger_accounts set frozen_at = ${at} where owner = ${ivy} and currency = 'coin'`
  await frozen(new Date(clock.now))
  pass(3 * dayMs)
  await payBonuses()
  expect(await balanceOf(sql, ivy, 'bonus')).toBe(0)
  await frozen(null)
  await payBonuses()
  expect(await balanceOf(sql, ivy, 'bonus')).toBe(3 * 50)
})

test('[OG-09] many are paid by few statements, and a day belongs to the tier it began with', async () => {
  clock.now = someMidnight + 400 * dayMs + 1
  await payBonuses()
  const people = await newPeople(sql, 1_200)
  await Promise.all(people.map((id) => fill(id, 4_000)))
  const [hal] = people as [string]
  await Promise.all(people.map((id) => buy(id, 1)))
  pass(dayMs)
  await buy(hal, 2)
  expect(await payBonuses()).toBe(1_200)
  expect(await balanceOf(sql, hal, 'bonus')).toBe(20)
  pass(dayMs)
  expect(await payBonuses()).toBe(1_200)
  expect(await balanceOf(sql, hal, 'bonus')).toBe(70)
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
})
