// A process that dies between any two things it does with a treasure box, and one that is really
// killed, again and again: whoever goes on makes up for the rest, and no coin is there twice.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { treasureLimits } from '@odeon/rooms'
import type { TreasureOutcome } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { testDatabase } from '../platform/testing/test-database.ts'
import { mortal, Points } from '../tiers/testing/points.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { verifyLedger } from '../wallet/verify-ledger.ts'
import { treasurePaces } from './limits.ts'
import { filled, treasureHouse } from './testing/treasure-house.ts'

const database = await testDatabase()
const { sql } = database
const house = treasureHouse(database)

async function people(): Promise<[host: string, ...viewers: string[]]> {
  const ids = (await newPeople(sql, 4)) as [string, ...string[]]
  await house.fill(ids[0], 1_000)
  return ids
}
const sumOf = async (ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => balanceOf(sql, id)))).reduce((sum, coins) => sum + coins)
/** A house that dies at this point of what it does with the database. */
function dyingAt(point: number) {
  const points = new Points()
  const dying = treasureHouse(mortal(database, points), house.clock)
  points.dieAt(point)
  return { dying, isThrough: () => !points.isDead }
}

test('[TRE-08] whoever fills a box may die at any point: there is one, or nothing was taken', async () => {
  let deaths = 0
  for (let point = 1, isThrough = false; !isThrough; point += 1) {
    const [host] = await people()
    const [id, streamId] = [randomUUID(), randomUUID()]
    const one = dyingAt(point)
    await one.dying.fund(host, { id, streamId }).catch(() => undefined)
    isThrough = one.isThrough()
    deaths += Number(!isThrough)
    if (point % 2 === 0) {
      // Asked again at once, it is the same box.
      const box = await filled(house.fund(host, { id, streamId }))
      expect(await balanceOf(sql, host), `point ${point}`).toBe(900)
      house.toDraw(box)
    } else {
      // Nobody asks again.
      house.pass(treasurePaces.fundingMs)
      await house.tend()
      const box = await house.desk.of(streamId)
      expect(await balanceOf(sql, host), `point ${point}`).toBe(box === null ? 1_000 : 900)
      if (box !== null) house.toDraw(box)
    }
    await house.tend()
    expect(await balanceOf(sql, host), `point ${point}`).toBe(1_000)
    house.pass(treasureLimits.shownMs)
    await filled(house.fund(host, { streamId }))
  }
  expect(deaths).toBeGreaterThan(15)
})

test('[TRE-08] coins that went back before the box was open are not drawn', async () => {
  const [host] = await people()
  const box = await filled(house.fund(host))
  await sql`
    update treasure_boxes set state = 'funding', due_at = ${new Date(0)}
    where id = ${box.id}`
  house.toDraw(box)
  house.pass(treasurePaces.heldMs)
  await house.expire()
  await house.tend()
  expect(await house.desk.of(box.streamId)).toBeNull()
  expect(await balanceOf(sql, host)).toBe(1_000)
})

test('[TRE-08] whoever writes a claim may die at any point: asked again, it is there once', async () => {
  let deaths = 0
  for (let point = 1, isThrough = false; !isThrough; point += 1) {
    const [host, bob = ''] = await people()
    const box = await filled(house.fund(host))
    house.toOpening(box)
    const one = dyingAt(point)
    await one.dying.claim(box.id, bob).catch(() => undefined)
    isThrough = one.isThrough()
    deaths += Number(!isThrough)
    expect(await house.claim(box.id, bob), `point ${point}`).toMatchObject({ claims: 1 })
    house.toDraw(box)
    await house.tend()
    const { outcome, claims } = (await house.desk.of(box.streamId)) ?? {}
    expect([claims, outcome?.lucky.length], `point ${point}`).toEqual([1, 1])
  }
  expect(deaths).toBeGreaterThan(8)
})

test('[TRE-08] whoever draws may die at any point: the next pays the same, and each once', async () => {
  let deaths = 0
  for (let point = 1, isThrough = false; !isThrough; point += 1) {
    const all = await people()
    const [host, ...viewers] = all
    const box = await filled(house.fund(host, { shares: 2 }))
    house.toOpening(box)
    for (const id of viewers) await house.claim(box.id, id)
    house.toDraw(box)
    const one = dyingAt(point)
    const told = await one.dying.desk.settle(box.id).catch(() => undefined)
    isThrough = one.isThrough()
    deaths += Number(!isThrough)
    const [kept] = await sql<{ outcome: TreasureOutcome | null }>`
      select outcome from treasure_boxes where id = ${box.id}`
    house.pass(60_000)
    await house.tend()
    const settled = await house.desk.settle(box.id)
    if (kept?.outcome) {
      // When it was paid is known then.
      const drawnAt = settled?.outcome?.drawnAt
      expect(settled?.outcome, `point ${point}`).toEqual({ ...kept.outcome, drawnAt })
    }
    if (told) expect(settled).toEqual(told)
    for (const { id, coins } of settled?.outcome?.lucky ?? []) {
      expect(await balanceOf(sql, id), `point ${point}`).toBe(coins)
    }
    expect(await sumOf(all), `point ${point}`).toBe(1_000)
  }
  expect(deaths).toBeGreaterThan(12)
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
})

test('[TRE-08] a process that is killed again and again: all it acknowledged is there, once', async () => {
  const all = await newPeople(sql, 4)
  for (const id of all) await house.fill(id, 10_000)
  const acked: string[][] = []
  for (let life = 0; life < 3; life += 1) {
    const script = join(import.meta.dirname, 'testing/fill-and-draw.ts')
    const startsAt = String(house.clock.now + life * 3_600_000)
    const words = ['--conditions=development', script, database.url, startsAt, ...all]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    const before = acked.length
    for await (const line of createInterface({ input: child.stdout })) {
      acked.push(line.split(' '))
      // In the midst of whatever it does then.
      if (acked.length === before + 25 + life) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }
  // Whoever comes behind it, an hour later.
  house.pass(4 * 3_600_000)
  await house.tend()
  const boxes = await sql<{ id: string; state: string; claims: number }>`
    select id, state, claims from treasure_boxes
    where record->'funder'->>'id' = any(${all}::text[])`
  expect(boxes.filter(({ state }) => state !== 'paid')).toEqual([])
  const ids = new Set(boxes.map(({ id }) => id))
  const claims = await sql<{ box_id: string; user_id: string }>`
    select box_id, user_id from treasure_claims where box_id = any(${[...ids]}::uuid[])`
  const claimed = new Set(claims.map((one) => `${one.box_id} ${one.user_id}`))
  for (const [what, boxId = '', userId] of acked) {
    expect(ids.has(boxId), `${what} ${boxId}`).toBe(true)
    if (what === 'claimed') expect(claimed.has(`${boxId} ${userId}`)).toBe(true)
  }
  expect(boxes.reduce((sum, one) => sum + one.claims, 0)).toBe(claims.length)
  expect(await sumOf(all)).toBe(40_000)
  const { faults } = await verifyLedger(database.transaction)
  expect(faults).toEqual([])
}, 60_000)
