// What verifies the ledger finds nothing in a good one, and names what was tampered with.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { shareGift } from '@odeon/rooms'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from './postgres-ledger.ts'
import { newPeople } from './testing/wallet-people.ts'
import { verifyLedger } from './verify-ledger.ts'

const database = await testDatabase()
const { sql, transaction } = database
const ledger = postgresLedger({ database, now: Date.now, log: quietLog })
const [ann, bo] = (await newPeople(sql, 2)) as [string, string]
const streamId = crypto.randomUUID()
const comboId = crypto.randomUUID()

const coin = (userId: string) => ({ kind: 'user', userId, currency: 'coin' }) as const
const gateway = { kind: 'gateway', currency: 'coin' } as const
const fill = { from: gateway, to: coin(ann), amount: 1_000 }
const post = (id: string, movement: object, more: object = {}) =>
  ledger.transfer({ id, by: 'test', kind: 'test', movement, ...more } as never)

await post('fill', { do: 'post', legs: [fill] })
for (const at of [1, 2, 3]) {
  const legs = shareGift({ from: ann, to: bo, coins: 10 * at + 1, creatorShareBps: 7_000 })
  const countedIn = { streamId, supporterId: ann, combo: { id: comboId, units: at } }
  await post(`gift-${at}`, { do: 'post', legs }, { countedIn })
}
await post('hold', { do: 'hold', from: coin(ann), amount: 50, expiresAt: Date.now() + 60_000 })

/** Its outcome while the statement is in force, which is undone afterwards. */
async function faultsWith(tamper: (tx: typeof sql) => Promise<unknown>): Promise<string[]> {
  let faults: string[] = []
  const undone = new Error('undone')
  await transaction(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tamper(tx)
    const read = (async (parts: TemplateStringsArray, ...values: unknown[]) =>
      parts[0]?.startsWith('set transaction') ? [] : await tx(parts, ...values)) as typeof sql
    faults = (await verifyLedger((work) => work(read))).faults
    throw undone
  }).catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return faults
}

test('[LED-18] a good ledger agrees with itself, and its sums are zero', async () => {
  const report = await verifyLedger(transaction)
  expect(report).toMatchObject({ faults: [], transfers: 5, openHolds: 1 })
  expect(report.sums).toMatchObject([{ currency: 'coin', sum: '0' }])
})

test('[LED-18] each thing that was tampered with is named', async () => {
  const found = async (tamper: (tx: typeof sql) => Promise<unknown>) =>
    (await faultsWith(tamper)).join('\n')
  expect(
    await found((tx) => tx`update ledger_accounts set balance = 901 where owner = ${bo}`),
  ).toContain(`an account is not the sum of its postings: user:${bo}:coin has 901`)
  expect(
    await found((tx) => tx`update ledger_postings set balance = balance + 1 where n = 2`),
  ).toContain('a balance does not follow from the one before: posting 2')
  expect(
    await found((tx) => tx`update ledger_transfers set amount = amount + 1 where ask_id = 'fill'`),
  ).toContain('a transfer is not balanced')
  expect(await found((tx) => tx`delete from ledger_postings where n = 3`)).toContain(
    'a transfer is not balanced',
  )
  expect(
    await found((tx) => tx`update stream_tallies set coins = 1 where of = 'supporter'`),
  ).toContain(`supporter ${ann} of stream ${streamId} has 1 coins, its transfers 63`)
  expect(
    await found((tx) => tx`update ledger_transfers set units = 9 where ask_id = 'gift-2'`),
  ).toContain('a receipt does not tell the sums of its moment')
  expect(await found((tx) => tx`delete from ledger_open_holds`)).toContain('is open and not listed')
  expect(
    await found((tx) => tx`insert into ledger_outbox (transfer_id) values (${streamId})`),
  ).toContain('an event is of no transfer')
})

test('[LED-18] the command prints the sums and ends with 1 when something differs', async () => {
  const script = fileURLToPath(new URL('../ledger.ts', import.meta.url))
  const run = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: database.url }
    const how = { env, encoding: 'utf8' } as const
    return spawnSync(process.execPath, ['--conditions=development', script, ...args], how)
  }
  const good = run('verify')
  expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('All of it agrees.')])
  expect(good.stdout).toContain('accounts sum to 0; moved 1113')
  expect(run('count').status).toBe(2)
  await sql`update stream_tallies set coins = coins + 1 where of = 'stream'`
  const bad = run('verify')
  expect([bad.status, bad.stdout]).toEqual([1, expect.stringContaining(`stream ${streamId}`)])
})
