// A process that dies between any two things it does while it sells or pays, and one that is really
// killed, again and again: whoever goes on makes up for the rest, and nothing is there twice.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { LocalPresence } from '@colyseus/core'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { drainOnce } from '../wallet/drain-outbox.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { verifyLedger } from '../wallet/verify-ledger.ts'
import { walletSide } from '../wallet/wallet-side.ts'
import { Points, mortal } from './testing/points.ts'
import { dayMs } from './testing/days.ts'
import { seeded } from './testing/seeded.ts'
import { tierHouse } from './testing/tier-house.ts'

const database = await testDatabase()
const { sql } = database
const house = tierHouse(database)

async function person(coins: number): Promise<string> {
  const [id] = (await newPeople(sql, 1)) as [string]
  await house.fill(id, coins)
  return id
}
/** What another process does with what was posted. */
const handOn = async () => {
  const listeners = [house.listener]
  while ((await drainOnce({ database, listeners })) > 0);
}
const termsOf = async (userId: string) =>
  Number((await sql`select count(*) as n from og_terms where user_id = ${userId}`)[0]?.n)

test('[OG-10] whoever sells may die at any point: paid and held, or neither, and asked again once', async () => {
  let deaths = 0
  for (let point = 1, isThrough = false; !isThrough; point += 1) {
    const ann = await person(1_000)
    await handOn()
    const points = new Points()
    const dying = tierHouse(mortal(database, points))
    points.dieAt(point)
    const outcome = await dying.buy(ann, 1, 'request-of-ann').catch(() => undefined)
    isThrough = !points.isDead
    deaths += Number(!isThrough)
    if (isThrough) expect(outcome).toMatchObject({ balanceCoins: 0 })
    await handOn()
    const isPaid = (await balanceOf(sql, ann)) === 0
    expect(await termsOf(ann), `point ${point}`).toBe(isPaid ? 1 : 0)
    const again = await house.buy(ann, 1, 'request-of-ann')
    expect(again, `point ${point}`).toMatchObject({ balanceCoins: 0, tier: { level: 1 } })
    expect([await balanceOf(sql, ann), await termsOf(ann)], `point ${point}`).toEqual([0, 1])
  }
  expect(deaths).toBeGreaterThan(15)
})

test('[OG-10] whoever pays may die at any point: the next pays what is missing, each day once', async () => {
  let deaths = 0
  const people = await newPeople(sql, 3)
  for (const id of people) await house.fill(id, 1_000)
  for (const id of people) await house.buy(id, 1)
  let days = 0
  for (let point = 1, isThrough = false; !isThrough && days < 28; point += 1) {
    house.pass(dayMs)
    days += 1
    const points = new Points()
    const dying = tierHouse(mortal(database, points))
    dying.clock.now = house.clock.now
    points.dieAt(point)
    await dying.payBonuses().catch(() => undefined)
    isThrough = !points.isDead
    deaths += Number(!isThrough)
    await house.payBonuses()
    const paid = await Promise.all(people.map((id) => balanceOf(sql, id, 'bonus')))
    expect(paid, `point ${point}`).toEqual(people.map(() => days * 20))
  }
  expect(deaths).toBeGreaterThan(8)
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
})

test('[OG-10] three pay ten thousand bonuses at once, each dies again and again: each is there once', async () => {
  const seed = Number(process.env.TIERS_SEED ?? 20_261_129)
  const random = seeded(seed)
  const [days, people] = [20, await newPeople(sql, 500)]
  await Promise.all(people.map((id) => house.fill(id, 1_000)))
  await Promise.all(people.map((id) => house.buy(id, 1)))
  await handOn()
  house.pass(days * dayMs)
  let [deaths, paid] = [0, 0]
  const payer = async (isWell: () => boolean) => {
    for (let isThrough = false; !isThrough; ) {
      const points = new Points()
      const mortalHouse = tierHouse(mortal(database, points))
      mortalHouse.clock.now = house.clock.now
      // Some die at once, most within a batch, and at last one lives long enough.
      if (!isWell()) points.dieAt(1 + Math.floor(random() * 40))
      const count = await mortalHouse.payBonuses().catch(() => undefined)
      isThrough = !points.isDead && count !== undefined
      deaths += Number(points.isDead)
      paid += count ?? 0
    }
  }
  await Promise.all([1, 2, 3].map(() => payer(() => deaths > 60)))
  const sums = await Promise.all(people.map((id) => balanceOf(sql, id, 'bonus')))
  expect(new Set(sums), `seed ${seed}`).toEqual(new Set([days * 20]))
  const [rows] = await sql<{ n: string; days: string }>`
    select count(*) as n, count(distinct details->>'day') as days from ledger_transfers
    where kind = 'og_bonus' and ask_id like any(${people.map((id) => `${id}:%`)}::text[])`
  expect([Number(rows?.n), Number(rows?.days)], `seed ${seed}`).toEqual([10_000, days])
  expect(deaths, `seed ${seed}`).toBeGreaterThan(60)
  expect(paid).toBeLessThanOrEqual(10_000)
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
}, 120_000)

test('[OG-10] a process that is killed again and again sells and pays nothing twice', async () => {
  const people = await newPeople(sql, 8)
  for (const id of people) await house.fill(id, 300_000)
  const acked = new Map<string, string>()
  for (let life = 0; life < 4; life += 1) {
    const script = join(import.meta.dirname, 'testing/sell-and-pay.ts')
    const words = ['--conditions=development', script, database.url, String(life), ...people]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    const before = acked.size
    for await (const line of createInterface({ input: child.stdout })) {
      const [userId = '', requestId = ''] = line.split(' ')
      acked.set(requestId, userId)
      // In the midst of whatever it does then.
      if (acked.size === before + 40) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }
  await handOn()
  house.clock.now = Date.UTC(2040, 0, 1)
  await house.payBonuses()
  const rows = await sql<{ ask_id: string }>`
    select ask_id from ledger_transfers where kind = 'og' and asked_by = any(${people}::text[])`
  const sold = new Set(rows.map((row) => row.ask_id))
  expect([...acked.keys()].filter((id) => !sold.has(id))).toEqual([])
  expect(rows.length).toBe(sold.size)
  const terms = await sql<{ owed: string; n: string }>`
    select count(*) as n, sum(daily_bonus * (
      (ends_at at time zone 'UTC')::date - (starts_at at time zone 'UTC')::date)) as owed
    from og_terms where user_id = any(${people}::uuid[])`
  expect(Number(terms[0]?.n)).toBe(sold.size)
  const paid = await Promise.all(people.map((id) => balanceOf(sql, id, 'bonus')))
  const sum = paid.reduce((all, one) => all + one)
  expect(sum).toBe(Number(terms[0]?.owed))
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
}, 60_000)

test('[OG-10] what was sold by whoever died is a term by way of the outbox alone', async () => {
  const bob = await person(1_000)
  const { ledger } = walletSide({
    database,
    presence: new LocalPresence(),
    now: Date.now,
    log: quietLog,
  })
  const from = { kind: 'user', userId: bob, currency: 'coin' } as const
  const to = { kind: 'platform', currency: 'coin' } as const
  const movement = { do: 'post', legs: [{ from, to, amount: 1_000 }] } as const
  const details = { level: 1, days: 30, dailyBonus: 20 }
  await ledger.transfer({ id: 'request-of-bob', by: bob, kind: 'og', movement, details })
  expect(await termsOf(bob)).toBe(0)
  await handOn()
  await handOn()
  expect(await termsOf(bob)).toBe(1)
})
