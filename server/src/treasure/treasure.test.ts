// Treasure boxes over the ledger in PostgreSQL: filled once, claimed once, drawn and paid once.
import { randomUUID } from 'node:crypto'
import { isTreasureProven, treasureLimits, type TreasureProof } from '@odeon/rooms'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../platform/testing/test-database.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { verifyLedger } from '../wallet/verify-ledger.ts'
import { treasurePaces } from './limits.ts'
import { filled, treasureHouse } from './testing/treasure-house.ts'

const database = await testDatabase()
const { sql } = database
const house = treasureHouse(database)
let viewers: string[] = []
let api: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  api = await startTestServer({ databaseUrl: database.url, logLevel: 'error' })
  viewers = await newPeople(sql, 12)
})

async function host(coins = 1_000): Promise<string> {
  const [id] = (await newPeople(sql, 1)) as [string]
  await house.fill(id, coins)
  return id
}
const coinsOf = (ids: readonly string[]) => Promise.all(ids.map((id) => balanceOf(sql, id)))

test('[TRE-01] the same id fills a box once; what is refused leaves nothing', async () => {
  const ann = await host()
  const [id, streamId] = [randomUUID(), randomUUID()]
  const poor = await house.fund(ann, { id, streamId, coins: 1_001 })
  expect(poor).toEqual({ refused: 'insufficient_coins' })
  const both = await Promise.all([1, 2].map(() => house.fund(ann, { id, streamId })))
  expect(both[1]).toEqual(both[0])
  expect(both[0]).toMatchObject({ balanceCoins: 900, box: { claims: 0, outcome: null } })
  house.pass(1_000)
  expect(await house.fund(ann, { id, streamId })).toEqual(both[0])
  expect(await house.fund(ann, { id, streamId, coins: 5 })).toEqual({ refused: 'request_reused' })
  expect(await house.fund(ann, { streamId })).toEqual({ refused: 'box_there' })
  expect(await balanceOf(sql, ann)).toBe(900)
  // Behind the end of its stream what was begun before is told, and nothing begins.
  expect(await house.fund(ann, { id, streamId, isLive: false })).toEqual(both[0])
  expect(await house.fund(ann, { isLive: false })).toEqual({ refused: 'not_live' })
  await database.sql`update ledger_accounts set frozen_at = now() where owner = ${ann}`
  expect(await house.fund(ann)).toEqual({ refused: 'wallet_frozen' })
})

test('[TRE-03] [TRE-04] each claims once, between opening and end, and not the own box', async () => {
  const ann = await host()
  const box = await filled(house.fund(ann))
  const [bob = '', cia = ''] = viewers
  expect(await house.claim(box.id, bob)).toEqual({ refused: 'box_not_open' })
  house.toOpening(box)
  expect(await house.claim(randomUUID(), bob)).toEqual({ refused: 'no_box' })
  expect(await house.claim('no uuid', bob)).toEqual({ refused: 'no_box' })
  expect(await house.claim(box.id, ann)).toEqual({ refused: 'own_box' })
  // From two devices at once, one of them twice.
  const lucks = ['phone', 'desk', 'phone']
  const asked = await Promise.all(lucks.map((luck) => house.claim(box.id, bob, luck)))
  expect(asked).toEqual([
    { ticket: expect.stringMatching(/^[\da-f]{64}$/), claims: 1, endsAt: box.endsAt },
    { refused: 'already_claimed' },
    asked[0],
  ])
  expect(await house.claim(box.id, cia)).toMatchObject({ claims: 2 })
  // Asked in time, written a moment behind the end.
  house.pass(30_000)
  expect(await house.claim(box.id, viewers[2] as string)).toEqual({ refused: 'box_over' })
  const late = await house.claim(box.id, viewers[2] as string, 'late', box.endsAt - 1)
  expect(late).toMatchObject({ claims: 3 })
  house.toDraw(box)
  await house.tend()
  const after = await house.claim(box.id, viewers[3] as string, 'too-late', box.endsAt - 1)
  expect(after).toEqual({ refused: 'box_over' })
  // What is kept is told, over or not.
  const mine = { boxId: box.id, by: { id: bob, name: 'Bob' } }
  const won = asked.find((one) => 'ticket' in one)
  const told = await house.desk.claimed({ ...mine, luck: 'phone' })
  expect(told).toEqual({ ...won, claims: 3 })
  const another = await house.desk.claimed({ ...mine, luck: 'desk' })
  expect(another).toEqual({ refused: 'already_claimed' })
  const nobody = { id: viewers[3] as string, name: 'Nobody' }
  expect(await house.desk.claimed({ ...mine, by: nobody, luck: 'phone' })).toBeNull()
})

test('[TRE-05] [TRE-08] with no room left the upkeep draws, pays, and gives back the rest, once', async () => {
  const ann = await host()
  const before = await coinsOf(viewers)
  const box = await filled(house.fund(ann, { coins: 90, shares: 5 }))
  house.toOpening(box)
  await Promise.all(viewers.slice(0, 3).map((id) => house.claim(box.id, id)))
  expect(await house.desk.settle(box.id)).toMatchObject({ outcome: null, claims: 3 })
  house.toDraw(box)
  const other = treasureHouse(database, house.clock)
  await Promise.all([house.tend(), other.tend(), house.desk.settle(box.id)])
  const { outcome, claims } = (await house.desk.of(box.streamId)) ?? {}
  expect(claims).toBe(3)
  expect(outcome?.lucky).toHaveLength(3)
  const gained = (await coinsOf(viewers)).map((coins, place) => coins - (before[place] ?? 0))
  for (const { id, coins } of outcome?.lucky ?? []) expect(gained[viewers.indexOf(id)]).toBe(coins)
  const given = gained.reduce((sum, coins) => sum + coins)
  expect([given, outcome?.givenCoins, outcome?.returnedCoins]).toEqual([given, given, 90 - given])
  expect(await balanceOf(sql, ann)).toBe(1_000 - given)
  // Whoever has no luck leaves nothing behind, and the next box may come.
  expect(await house.fund(ann, { streamId: box.streamId })).toEqual({ refused: 'box_there' })
  house.pass(treasureLimits.shownMs)
  const empty = await filled(house.fund(ann, { streamId: box.streamId }))
  house.toDraw(empty)
  await house.tend()
  expect(await balanceOf(sql, ann)).toBe(1_000 - given)
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
})

test('[TRE-05] a box whose stream is over is closed, and one that was not open gives all back', async () => {
  const ann = await host()
  const box = await filled(house.fund(ann))
  house.pass(10_000)
  const closed = await house.desk.close(box.id)
  expect(closed).toMatchObject({ closedAt: house.clock.now, endsAt: box.endsAt })
  house.toOpening(box)
  expect(await house.claim(box.id, viewers[0] as string)).toEqual({ refused: 'box_over' })
  const settled = await house.desk.settle(box.id)
  expect(settled?.outcome).toMatchObject({ lucky: [], givenCoins: 0, returnedCoins: 100 })
  expect(await balanceOf(sql, ann)).toBe(1_000)
})

test('[TRE-08] what nothing drew for a day goes back by itself, and nobody is paid behind it', async () => {
  const ann = await host()
  const before = await coinsOf(viewers)
  const box = await filled(house.fund(ann))
  house.toOpening(box)
  await house.claim(box.id, viewers[0] as string)
  house.pass(30_000 + treasurePaces.heldMs)
  await house.expire()
  expect(await balanceOf(sql, ann)).toBe(1_000)
  await house.tend()
  const { outcome } = (await house.desk.of(box.streamId)) ?? {}
  const nothing = { lucky: [], givenCoins: 0, returnedCoins: 100 }
  expect(outcome).toMatchObject({ ...nothing, isExpired: true, drawnAt: house.clock.now })
  expect([await balanceOf(sql, ann), await coinsOf(viewers)]).toEqual([1_000, before])
  const proof = await (await api.fetch(`/v1/treasures/${box.id}`)).json()
  expect(proof).toMatchObject({ isExpired: true, drawn: null })
  // Much later nothing of it is there any more.
  house.pass(treasurePaces.keptMs)
  await house.tend()
  expect(await house.desk.of(box.streamId)).toBeNull()
  expect(await sql`select ticket from treasure_claims where box_id = ${box.id}`).toEqual([])
  house.pass(-treasurePaces.keptMs)
})

test('[TRE-07] whoever reads the database alone has no seed; without its key all goes back', async () => {
  const ann = await host()
  const [box, lost] = [await filled(house.fund(ann)), await filled(house.fund(ann))]
  const seedOf = async ({ id }: { id: string }) =>
    (await sql<{ seed: string }>`select seed from treasure_boxes where id = ${id}`)[0]?.seed ?? ''
  const kept = await seedOf(box)
  // Moved to another box it opens no more.
  await sql`update treasure_boxes set seed = ${kept} where id = ${lost.id}`
  house.toOpening(box)
  for (const { id } of [box, lost]) await house.claim(id, viewers[0] as string)
  house.toDraw(box)
  const drawn = await house.desk.settle(box.id)
  expect(drawn?.outcome).toMatchObject({
    isExpired: false,
    seed: expect.stringMatching(/^\w{64}$/),
  })
  expect(Buffer.from(kept, 'base64url').toString('latin1')).not.toContain(drawn?.outcome?.seed)
  const gone = await house.desk.settle(lost.id)
  expect(gone?.outcome).toMatchObject({ isExpired: true, returnedCoins: 100, lucky: [] })
})

test('[TRE-01] what goes into the boxes of one person in a day has a bound', async () => {
  const most = treasureLimits.coinsPerDayMax
  const ann = await host(most + 1_000)
  const half = { coins: treasureLimits.coinsMax, shares: 1 }
  await filled(house.fund(ann, half))
  // Of two at the same time there is room for one.
  const both = await Promise.all([1, 2].map(() => house.fund(ann, half)))
  expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'box_day_limit' }])
  expect(await house.fund(ann)).toEqual({ refused: 'box_day_limit' })
  expect(await balanceOf(sql, ann)).toBe(1_000)
  house.pass(treasurePaces.dayMs)
  await filled(house.fund(ann))
})

test('[TRE-05] [TRE-06] in random boxes no coin comes or goes, and nobody has two shares', async () => {
  const claim = fc.record({
    who: fc.nat({ max: 11 }),
    afterMs: fc.integer({ min: -1_000, max: 31_000 }),
    luck: fc.constantFrom('one', 'two'),
  })
  const boxes = fc.record({
    shares: fc.integer({ min: 1, max: 10 }),
    beyond: fc.integer({ min: 0, max: 200 }),
    claims: fc.array(claim, { maxLength: 30 }),
    settlers: fc.integer({ min: 1, max: 3 }),
  })
  const holds = fc.asyncProperty(boxes, async ({ shares, beyond, claims, settlers }) => {
    const ann = await host()
    const before = await coinsOf(viewers)
    const box = await filled(house.fund(ann, { coins: shares + beyond, shares }))
    house.toOpening(box)
    const outcomes = await Promise.all(
      claims.map(({ who, afterMs, luck }) =>
        house.claim(box.id, viewers[who] as string, luck, box.opensAt + afterMs),
      ),
    )
    const took = new Set(
      claims.flatMap(({ who }, place) => ('ticket' in (outcomes[place] ?? {}) ? [who] : [])),
    )
    house.toDraw(box)
    await Promise.all(Array.from({ length: settlers }, () => house.desk.settle(box.id)))
    const { outcome } = (await house.desk.settle(box.id)) ?? {}
    const lucky = outcome?.lucky ?? []
    expect(lucky).toHaveLength(Math.min(took.size, shares))
    expect(new Set(lucky.map(({ id }) => id)).size).toBe(lucky.length)
    const gained = (await coinsOf(viewers)).map((coins, place) => coins - (before[place] ?? 0))
    const given = lucky.reduce((sum, { coins }) => sum + coins, 0)
    expect(given).toBeLessThanOrEqual(box.coins)
    expect(gained.reduce((sum, coins) => sum + coins)).toBe(given)
    for (const { id, coins } of lucky) expect(gained[viewers.indexOf(id)]).toBe(coins)
    expect(await balanceOf(sql, ann)).toBe(1_000 - given)
  })
  await fc.assert(holds, { numRuns: 25 })
  expect((await verifyLedger(database.transaction)).faults).toEqual([])
})

test('[TRE-07] anybody reads the proof of a draw and finds that it holds', async () => {
  const read = async (id: string) => await api.fetch(`/v1/treasures/${id}`)
  const ann = await host()
  const box = await filled(house.fund(ann))
  house.toOpening(box)
  for (const id of viewers.slice(0, 5)) await house.claim(box.id, id)
  const first = await read(box.id)
  expect(first.headers.get('cache-control')).toBe('no-store')
  const early = (await first.json()) as TreasureProof
  expect(early).toMatchObject({ commitment: box.commitment, drawn: null })
  house.toDraw(box)
  const settled = await house.desk.settle(box.id)
  const reply = await read(box.id)
  expect(reply.headers.get('cache-control')).toBe('public, max-age=86400')
  const proof = (await reply.json()) as TreasureProof
  // Whose ticket it was is nothing that a proof needs.
  await sql`update treasure_claims set user_id = null where box_id = ${box.id}`
  expect(await (await read(box.id)).json()).toEqual(proof)
  expect(proof.rules).toMatchObject({ boxId: box.id, coins: 100, shares: 3, funderId: ann })
  expect(proof.drawn?.tickets).toHaveLength(5)
  expect(proof.drawn?.lucky.map(({ coins }) => coins)).toEqual(
    settled?.outcome?.lucky.map(({ coins }) => coins),
  )
  expect(JSON.stringify(early)).not.toContain(settled?.outcome?.seed)
  expect(await isTreasureProven(proof, box.commitment)).toBe(true)
  const { rules } = proof
  expect(
    await isTreasureProven({ ...proof, rules: { ...rules, coins: 101 } }, box.commitment),
  ).toBe(false)
  expect(await isTreasureProven(proof, box.commitment.replace(/.$/, '_'))).toBe(false)
  expect(await isTreasureProven(early, box.commitment)).toBe(false)
  expect((await read(randomUUID())).status).toBe(404)
})

test('[TRE-04] no more people fit around a box than it may have', async () => {
  const box = await filled(house.fund(await host()))
  house.toOpening(box)
  await sql`update treasure_boxes set claims = ${treasureLimits.claimsMax} where id = ${box.id}`
  expect(await house.claim(box.id, viewers[0] as string)).toEqual({ refused: 'box_full' })
})
