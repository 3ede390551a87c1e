// A fault at every point of a transaction, one after the other and by chance, and a PostgreSQL that
// is killed while coins move: what was acknowledged is there, once, and nothing else is.
import { randomUUID } from 'node:crypto'
import type { Ledger, TransferAsk, TransferOutcome } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { type Database, openDatabase, type Sql } from '../platform/database.ts'
import { privatePostgres } from '../platform/testing/private-postgres.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { schema } from '../schema.ts'
import { postgresLedger } from './postgres-ledger.ts'
import { balanceOf, newPeople } from './testing/wallet-people.ts'
import { verifyLedger } from './verify-ledger.ts'

const database = await testDatabase()
const { sql } = database

/** Points of a transaction at which the connection may be lost. */
class Points {
  readonly passed: string[] = []
  isLost: (point: string) => boolean = () => false

  pass(point: string): void {
    this.passed.push(point)
    if (this.isLost(point)) throw Object.assign(new Error(`lost ${point}`), { code: 'ECONNRESET' })
  }
}

function faulty(real: Pick<Database, 'sql' | 'prepared' | 'preparedTransaction'>, points: Points) {
  const preparedTransaction: Database['preparedTransaction'] = async (work) => {
    points.pass('before begin')
    const result = await real.preparedTransaction(async (tx) => {
      let count = 0
      const watched = (async (parts: TemplateStringsArray, ...values: unknown[]) => {
        const at = (count += 1)
        points.pass(`before statement ${at}`)
        const rows = await tx(parts, ...values)
        points.pass(`behind statement ${at}`)
        return rows
      }) as Sql
      const done = await work(watched)
      points.pass('before commit')
      return done
    })
    points.pass('behind commit')
    return result
  }
  return { sql: real.sql, prepared: real.prepared, preparedTransaction }
}

const coin = (userId: string) => ({ kind: 'user', userId, currency: 'coin' }) as const
const give = (from: string | null, to: string, amount: number): TransferAsk => {
  const source = from === null ? ({ kind: 'gateway', currency: 'coin' } as const) : coin(from)
  const movement = { do: 'post', legs: [{ from: source, to: coin(to), amount }] } as const
  return { id: randomUUID(), by: 'crashes', kind: 'tip', movement }
}
const quick = { retryAfterMs: 1, retryAfterMsMax: 4 }
const open = (points: Points, limits: object = quick) =>
  postgresLedger({ database: faulty(database, points), now: Date.now, log: quietLog, limits })

/** A small batch that uses every statement: something posts, something is refused. */
async function scene() {
  const [ann, bo] = (await newPeople(sql, 2)) as [string, string]
  const streamId = randomUUID()
  const gift = { ...give(ann, bo, 30), countedIn: { streamId, supporterId: ann } }
  const asks = [give(null, ann, 50), gift, give(ann, bo, 21)]
  const check = async () => {
    const balances = await Promise.all([balanceOf(sql, ann), balanceOf(sql, bo)])
    expect(balances).toEqual([20, 30])
    const [row] = await sql<{ n: string }>`
      select transfers as n from stream_tallies where stream_id = ${streamId} and of = 'stream'`
    expect(row?.n).toBe('1')
  }
  return { asks, check }
}
const posted = [{ receipt: {} }, { receipt: {} }, { refused: 'insufficient_coins' }]
const askAll = (ledger: Ledger, asks: readonly TransferAsk[]): Promise<TransferOutcome[]> =>
  Promise.all(asks.map((one) => ledger.transfer(one)))

async function allPoints(): Promise<string[]> {
  const points = new Points()
  const { asks } = await scene()
  await askAll(open(points, { ...quick, batchEveryMs: 0, batchMax: 512 }), asks)
  return [...new Set(points.passed)]
}

test('[LED-20] a connection that is lost at any point costs nothing and tells no lie', async () => {
  const all = await allPoints()
  expect(all).toContain('behind commit')
  expect(all.length).toBeGreaterThanOrEqual(10)
  for (const point of all) {
    const { asks, check } = await scene()
    const points = new Points()
    let lost = 0
    points.isLost = (here) => here === point && (lost += 1) === 1
    expect(await askAll(open(points), asks), point).toMatchObject(posted)
    expect(lost, point).toBeGreaterThan(0)
    await check()
  }
})

test('[LED-20] a process that dies at any point leaves all of it or nothing; its successor goes on', async () => {
  for (const point of await allPoints()) {
    const { asks, check } = await scene()
    const points = new Points()
    let isDead = false
    points.isLost = (here) => (isDead ||= here === point)
    const told = await askAll(open(points, { ...quick, triesMax: 1 }), asks)
    expect(isDead, point).toBe(true)
    expect(told).toContainEqual({ refused: 'ledger_unavailable' })
    const outcomes = await askAll(open(new Points()), asks)
    expect(outcomes, point).toMatchObject(posted)
    await check()
  }
})

test('[LED-20] faults by chance: what was acknowledged is there once', async () => {
  const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31))
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const people = await newPeople(sql, 5)
  const points = new Points()
  const ledger = open(points, { ...quick, triesMax: 2, batchMax: 16 })
  let lost = 0
  const asks = [
    ...people.map((id) => give(null, id, 1_000)),
    ...Array.from({ length: 600 }, () => {
      const from = Math.floor(random() * 5)
      const to = (from + 1 + Math.floor(random() * 4)) % 5
      return give(people[from] as string, people[to] as string, 1 + Math.floor(random() * 40))
    }),
  ]
  points.isLost = () => {
    const isLost = random() < 0.1
    lost += Number(isLost)
    return isLost
  }
  const receipts = new Map<string, string>()
  let left = asks
  for (let round = 0; left.length > 0 && round < 200; round += 1) {
    const outcomes = await askAll(ledger, left)
    left = left.filter((ask, at) => {
      const outcome = outcomes[at] as TransferOutcome
      if ('receipt' in outcome) receipts.set(ask.id, outcome.receipt.id)
      return 'refused' in outcome && outcome.refused === 'ledger_unavailable'
    })
  }
  expect(left, `seed ${seed}`).toEqual([])
  expect(lost, `seed ${seed}`).toBeGreaterThan(5)
  const ids = asks.map(({ id }) => id)
  const kept = await sql<{ ask_id: string; id: string }>`
    select ask_id, id from ledger_transfers where ask_id = any(${ids}::text[])`
  expect(new Map(kept.map((row) => [row.ask_id, row.id])), `seed ${seed}`).toEqual(receipts)
  const balances = await Promise.all(people.map((id) => balanceOf(sql, id)))
  expect(
    balances.reduce((sum, one) => sum + one),
    `seed ${seed}`,
  ).toBe(5_000)
  expect((await verifyLedger(database.transaction)).faults, `seed ${seed}`).toEqual([])
}, 120_000)

test('[LED-20] PostgreSQL killed while coins move: each acknowledged transfer is there once', async () => {
  const postgres = await privatePostgres()
  const own = await openDatabase({ url: postgres.url, log: quietLog, schema })
  try {
    const people = await newPeople(own.sql, 8)
    const houses = [0, 1].map((stripe) =>
      postgresLedger({ database: own, now: Date.now, log: quietLog, stripe }),
    )
    await askAll(
      houses[0] as Ledger,
      people.map((id) => give(null, id, 1_000)),
    )
    const acked = new Set<string>()
    const over = new AbortController()
    const client = async (at: number) => {
      for (let turn = 0; !over.signal.aborted; turn += 1) {
        const from = people[at % 8] as string
        const ask = give(from, people[(at + 1 + (turn % 7)) % 8] as string, 1)
        for (let isKnown = false; !isKnown; ) {
          const outcome = await (houses[at % 2] as Ledger).transfer(ask)
          isKnown = !('refused' in outcome) || outcome.refused === 'insufficient_coins'
          if ('receipt' in outcome) acked.add(ask.id)
        }
      }
    }
    const clients = Array.from({ length: 16 }, (_, at) => client(at))
    for (let crash = 1; crash <= 3; crash += 1) {
      const before = acked.size
      await expect.poll(() => acked.size, { timeout: 30_000 }).toBeGreaterThan(before + 200)
      await postgres.crash()
    }
    const before = acked.size
    await expect.poll(() => acked.size, { timeout: 30_000 }).toBeGreaterThan(before + 200)
    over.abort()
    await Promise.all(clients)
    const kept = await own.sql<{ ask_id: string }>`
      select ask_id from ledger_transfers where asked_by = 'crashes' and kind = 'tip'
        and ask_id = any(${[...acked]}::text[])`
    expect(kept.length).toBe(acked.size)
    const [all] = await own.sql<{ count: string }>`select count(*) from ledger_transfers`
    expect(Number(all?.count)).toBe(acked.size + people.length)
    expect((await verifyLedger(own.transaction)).faults).toEqual([])
  } finally {
    await own.close()
  }
}, 180_000)
