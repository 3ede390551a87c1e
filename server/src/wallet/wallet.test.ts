// What people read of their wallet, over HTTP; what follows from transfers; the demo's coins.
import { LocalPresence } from '@colyseus/core'
import type { TransferAsk } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import { drainOnce } from './drain-outbox.ts'
import { expireHolds } from './expire-holds.ts'
import { newPeople } from './testing/wallet-people.ts'
import { walletSide } from './wallet-side.ts'

const database = await testDatabase()
const { sql } = database
const server = await startTestServer({ databaseUrl: database.url })
const clock = { at: Date.now() }
const side = walletSide({
  database,
  presence: new LocalPresence(),
  now: () => clock.at,
  log: quietLog,
})
const { ledger, reads } = side

const user = (userId: string) => ({ kind: 'user', userId, currency: 'coin' }) as const
const gateway = { kind: 'gateway', currency: 'coin' } as const
let asks = 0
const give = (from: string | null, to: string, amount: number, more: Partial<TransferAsk> = {}) => {
  const legs = [{ from: from === null ? gateway : user(from), to: user(to), amount }]
  const kind = from === null ? 'topup' : 'tip'
  const id = `ask-${(asks += 1)}`
  return ledger.transfer({ id, by: 'test', kind, movement: { do: 'post', legs }, ...more })
}
const own = async <T>(path: string, token: string) =>
  (await (await server.fetch(`/v1/me/wallet${path}`, { token })).json()) as T
interface Page {
  lines: { n: number; kind: string; amount: number; balance: number; with: object | null }[]
  more: boolean
  kinds: string[]
}

test('[LED-14] a person reads what they have and what moved it, page by page, and nobody else does', async () => {
  const [ann, bo] = [await server.register('ann'), await server.register('bob')]
  await give(null, ann.user.id, 500)
  await give(ann.user.id, bo.user.id, 30)
  await give(bo.user.id, ann.user.id, 10)
  expect(await own('', ann.accessToken)).toEqual({
    coin: 480,
    bonus: 0,
    hours: 0,
    totalEarned: 10,
    totalSpent: 30,
  })
  expect(await own('', bo.accessToken)).toMatchObject({ coin: 20, totalEarned: 30 })
  const first = await own<Page>('/statement?limit=2', ann.accessToken)
  const bos = { id: bo.user.id, name: 'bob' }
  expect(first).toMatchObject({
    lines: [
      { n: 3, kind: 'tip', amount: 10, balance: 480, with: bos },
      { n: 2, kind: 'tip', amount: -30, balance: 470, with: bos },
    ],
    more: true,
    kinds: ['tip', 'topup'],
  })
  const rest = await own<Page>('/statement?limit=2&before=2', ann.accessToken)
  expect(rest).toMatchObject({ lines: [{ n: 1, amount: 500, with: null }], more: false })
  const tips = await own<Page>('/statement?kind=topup', ann.accessToken)
  expect(tips.lines.map(({ n }) => n)).toEqual([1])
  expect(await own('/statement?currency=hours', ann.accessToken)).toMatchObject({ lines: [] })
  const statusOf = async (path: string, token?: string) =>
    (await server.fetch(`/v1/me/wallet${path}`, token === undefined ? {} : { token })).status
  const guest = await server.guest('Gus')
  expect([await statusOf(''), await statusOf('', guest.accessToken)]).toEqual([401, 403])
  expect(await statusOf('/statement?before=0', ann.accessToken)).toBe(400)
  expect(await statusOf('/statement?currency=gold', ann.accessToken)).toBe(400)
})

test('[LED-14] who blocked the reader is not named in their statement', async () => {
  const [ann, bo] = (await newPeople(sql, 2)) as [string, string]
  await give(null, ann, 500)
  await give(ann, bo, 30)
  await sql`
    insert into blocks (blocker_id, blocked_id, created_at) values (${bo}, ${ann}, now())`
  const [line] = (await reads.statement(ann, { currency: 'coin', limit: 5 })).lines
  expect(line).toMatchObject({ amount: -30, with: null })
})

test('[LED-15] supporters stand by what they gave; of equals whoever got there first', async () => {
  const [ann, bo, cy, host] = (await newPeople(sql, 4)) as [string, string, string, string]
  const streamId = crypto.randomUUID()
  for (const id of [ann, bo, cy]) await give(null, id, 100)
  const support = (from: string, coins: number) =>
    give(from, host, coins, { countedIn: { streamId, supporterId: from } })
  for (const [from, coins] of [
    [cy, 20],
    [ann, 10],
    [bo, 20],
    [ann, 10],
    [ann, 500],
  ] as const) {
    await support(from, coins)
  }
  const board = await reads.supporters(streamId, 2)
  expect(board.map(({ id, coins }) => [id, coins])).toEqual([
    [cy, 20],
    [bo, 20],
  ])
  expect(await reads.streamTotal(streamId)).toEqual({ n: 4, coins: 60 })
})

test('[LED-12] events are handed on in order, once, with what is done about them', async () => {
  while ((await drainOnce({ database, listeners: [] })) > 0);
  const [ann] = (await newPeople(sql, 1)) as [string]
  for (const amount of [1, 2, 3]) await give(null, ann, amount)
  const heard: number[][] = []
  const fails = drainOnce({
    database,
    listeners: [() => Promise.reject(new Error('not now'))],
  })
  await expect(fails).rejects.toThrow('not now')
  const listener = async (_sql: unknown, receipts: readonly { balances: { n: number }[] }[]) => {
    heard.push(receipts.map(({ balances }) => balances[0]?.n ?? 0))
    return () => void heard.push([])
  }
  await Promise.all([1, 2].map(() => drainOnce({ database, listeners: [listener] })))
  expect(heard).toEqual([[1, 2, 3], []])
})

test('[LED-07] holds that are over go back by themselves, once', async () => {
  const [ann] = (await newPeople(sql, 1)) as [string]
  await give(null, ann, 100)
  const movement = { do: 'hold', from: user(ann), amount: 60, expiresAt: clock.at + 500 } as const
  await ledger.transfer({ id: 'box-1', by: ann, kind: 'box', movement })
  const deps = { sql, ledger, now: () => clock.at, log: quietLog }
  expect(await expireHolds(deps)).toBe(0)
  clock.at += 500
  expect(await Promise.all([expireHolds(deps), expireHolds(deps)])).toContain(1)
  expect(await reads.view(ann)).toMatchObject({ coin: 100, totalSpent: 0 })
  expect(await expireHolds(deps)).toBe(0)
})

test('[LED-17] people of the demo get their coins once', async () => {
  const people = await newPeople(sql, 2)
  await side.grantDemo(people)
  await side.grantDemo(people)
  const coins = await Promise.all(people.map(async (id) => (await reads.view(id)).coin))
  expect(coins).toEqual([50_000, 50_000])
})

test('[LED-16] a transfer shows in the personal room of each person, and in no other', async () => {
  const [ann, bo] = (await newPeople(sql, 2)) as [string, string]
  const heard: object[] = []
  const stop = side.watch.subscribe(ann, (now) => heard.push(now))
  const end = side.listen()
  await give(null, ann, 7)
  await give(null, bo, 9)
  await expect.poll(() => heard).toEqual([{ currency: 'coin', balance: 7, n: 1 }])
  stop()
  await end()
  expect(await side.watch.balances(bo)).toEqual([{ currency: 'coin', balance: 9, n: 1 }])
})
