// Coins that are owed are taken back in as many parts as it takes, and nobody else can prevent it.
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from '../wallet/postgres-ledger.ts'
import { topUp } from '../wallet/testing/top-up.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { paymentBounds } from './limits.ts'
import { paymentSide } from './payment-side.ts'
import { reconcile } from './reconcile.ts'
import { giver } from './testing/give-coins.ts'
import { expectSoundLedger, gatewaysForTests } from './testing/payment-house.ts'

const database = await testDatabase()
const { sql } = database
const { settings, khalti } = await gatewaysForTests()
const now = Date.now
const { payments } = paymentSide({
  settings,
  publicUrl: 'http://odeon.test',
  database,
  ledger: postgresLedger({ database, now, log: quietLog }),
  now,
  newId: () => crypto.randomUUID(),
  log: quietLog,
})
const round = () => reconcile({ sql, payments, now, log: quietLog })

test('[PAY-10] what is owed is collected to its end, however small the parts that come in', async () => {
  const [debtor, friend] = (await newPeople(sql, 2)) as [string, string]
  await topUp(database.url, friend, 10_000)
  const give = giver(database)
  const ask = { requestId: 'request-0001', packId: 'npr_1000', gateway: 'khalti' } as const
  const made = await payments.begin(debtor, ask)
  if (!('payment' in made)) throw new Error(made.code)
  const { id, ref } = made.payment
  const order = Object.assign(khalti.orders.get(String(ref)) ?? {}, { transaction: `txn-${ref}` })
  Object.assign(order, { status: 'Completed' })
  await payments.look(id)
  expect(await give(debtor, friend, 500)).toBe('posted')
  Object.assign(order, { status: 'Refunded' })
  await payments.look(id)
  const owed = async () => (await payments.rows.byId(id))?.coinsOwed ?? 0
  expect(await owed()).toBe(500)

  // Less than a fiftieth waits, so that nobody makes moves without end.
  expect(await give(friend, debtor, 9)).toBe('posted')
  await round()
  expect([await owed(), await balanceOf(sql, debtor)]).toEqual([500, 9])
  let parts = 0
  for (let left = 500; left > 0; left = await owed()) {
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
