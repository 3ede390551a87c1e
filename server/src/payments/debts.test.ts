// Coins that are owed are taken back in as many parts as it takes, and nobody else can prevent it.
import type { Ledger } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from '../wallet/postgres-ledger.ts'
import { topUp } from '../wallet/testing/top-up.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { paymentBounds } from './limits.ts'
import { paymentSide } from './payment-side.ts'
import { reconcile } from './reconcile.ts'
import { recordFacts } from './record-facts.ts'
import { giver } from './testing/give-coins.ts'
import { expectSoundLedger, gatewaysForTests, noNotices } from './testing/payment-house.ts'

const database = await testDatabase()
const { sql } = database
const { settings, khalti } = await gatewaysForTests()
const now = Date.now
const ledger = postgresLedger({ database, now, log: quietLog })
const open = (other: { ledger?: Ledger; now?: () => number } = {}) =>
  paymentSide({
    settings,
    publicUrl: 'http://odeon.test',
    database,
    ledger,
    now,
    newId: () => crypto.randomUUID(),
    notices: noNotices,
    log: quietLog,
    ...other,
  }).payments
const payments = open()
const give = giver(database)

/** Bought at Khalti; what becomes of it there is told by `at`. */
async function bought(userId: string) {
  const ask = { requestId: crypto.randomUUID(), packId: 'npr_1000', gateway: 'khalti' } as const
  const made = await payments.begin(userId, ask)
  if (!('payment' in made)) throw new Error(made.code)
  const { id, ref } = made.payment
  const at = (status: string) =>
    Object.assign(khalti.orders.get(String(ref)) ?? {}, { status, transaction: `txn-${ref}` })
  at('Completed')
  await payments.look(id)
  const owed = async () => (await payments.rows.byId(id))?.coinsOwed
  return { id, at, owed }
}

const round = () => reconcile({ sql, payments, now, log: quietLog })

test('[PAY-10] what is owed is collected to its end, however small the parts that come in', async () => {
  const [debtor, friend] = (await newPeople(sql, 2)) as [string, string]
  await topUp(database.url, friend, 10_000)
  const { id, at, owed } = await bought(debtor)
  expect(await give(debtor, friend, 500)).toBe('posted')
  at('Refunded')
  await payments.look(id)
  expect(await owed()).toBe(500)

  // Less than a fiftieth waits, so that nobody makes moves without end.
  expect(await give(friend, debtor, 9)).toBe('posted')
  await round()
  expect([await owed(), await balanceOf(sql, debtor)]).toEqual([500, 9])
  let parts = 0
  for (let left = 500; left > 0; left = (await owed()) ?? 0) {
    const least = Math.ceil(left / paymentBounds.partOfOwedLeast)
    const has = await balanceOf(sql, debtor)
    if (has < least) expect(await give(friend, debtor, least - has)).toBe('posted')
    await round()
    expect(await owed()).toBeLessThan(left)
    parts += 1
  }
  expect(parts).toBeGreaterThan(paymentBounds.movesReadTogether)
  expect(await give(friend, debtor, 7)).toBe('posted')
  expect(await give(debtor, friend, 7)).toBe('posted')
  await expectSoundLedger(database.url)
})

test('[PAY-10] interrupted behind the ledger, what is owed is known again a minute later', async () => {
  const [debtor, friend] = (await newPeople(sql, 2)) as [string, string]
  const { id, at, owed } = await bought(debtor)
  expect(await give(debtor, friend, 300)).toBe('posted')
  at('Refunded')
  const dying: Ledger = {
    transfer: async (ask) => {
      await ledger.transfer(ask)
      throw new Error('the process died here')
    },
  }
  await expect(open({ ledger: dying }).look(id)).rejects.toThrow('died')
  // What is left could not be found out by what comes in: nothing does.
  expect([await owed(), await balanceOf(sql, debtor)]).toEqual([500, 0])
  const soon = () => Date.now() + paymentBounds.againAfterMs
  await reconcile({ sql, payments: open({ now: soon }), now: soon, log: quietLog })
  expect(await owed()).toBe(300)
  await expectSoundLedger(database.url)
})

test('[PAY-10] interrupted while it was collected, what is owed is known again a minute later', async () => {
  const [debtor, friend] = (await newPeople(sql, 2)) as [string, string]
  const { id, at, owed } = await bought(debtor)
  expect(await give(debtor, friend, 500)).toBe('posted')
  at('Refunded')
  await payments.look(id)
  expect(await give(friend, debtor, 300)).toBe('posted')
  const dying: Ledger = {
    transfer: async (ask) => {
      await ledger.transfer(ask)
      throw new Error('the process died here')
    },
  }
  await expect(open({ ledger: dying }).settle(id)).rejects.toThrow('died')
  expect([await owed(), await balanceOf(sql, debtor)]).toEqual([500, 0])
  const soon = () => Date.now() + paymentBounds.againAfterMs
  await reconcile({ sql, payments: open({ now: soon }), now: soon, log: quietLog })
  expect(await owed()).toBe(200)
})

test('[PAY-10] two payments of one person on record at once leave them frozen while they owe', async () => {
  const [debtor, friend] = (await newPeople(sql, 2)) as [string, string]
  await topUp(database.url, debtor, 10)
  const [back, other] = [await bought(debtor), await bought(debtor)]
  expect(await give(debtor, friend, 1_000)).toBe('posted')
  const facts = { status: 'paid', refunded: 1_000 } as const
  const gate = Promise.withResolvers<void>()
  const recorded = Promise.withResolvers<void>()
  const first = database.transaction(async (tx) => {
    await recordFacts(tx, back.id, now(), { facts, asked: 99, at: now() })
    recorded.resolve()
    await gate.promise
  })
  await recorded.promise
  const second = payments.settle(other.id)
  await expect
    .poll(async () => {
      const [row] = await sql<{ waiting: string }>`
        select count(*) as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return Number(row?.waiting)
    })
    .toBeGreaterThan(0)
  gate.resolve()
  await Promise.all([first, second])
  expect(await give(debtor, friend, 1)).toBe('frozen_account')
})

test('[PAY-02] begun all at once, no more are open than may be', async () => {
  const [userId] = (await newPeople(sql, 1)) as [string]
  const begun = await Promise.all(
    Array.from({ length: 40 }, (_, at) => {
      const requestId = `request-${String(at).padStart(4, '0')}`
      return payments.begin(userId, { requestId, packId: 'npr_1000', gateway: 'khalti' })
    }),
  )
  expect(begun.filter((one) => 'payment' in one)).toHaveLength(10)
})
