// A price that changes while payments are open: each is honoured as it was begun, to its end.
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from '../wallet/postgres-ledger.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { paymentBounds } from './limits.ts'
import { housePacks } from './packs.ts'
import { paymentSide } from './payment-side.ts'
import { reconcile } from './reconcile.ts'
import { gatewaysForTests, noNotices } from './testing/payment-house.ts'

const database = await testDatabase()
const { sql } = database
const clock = { at: Date.now() }
const now = () => clock.at
const { settings, esewa, khalti } = await gatewaysForTests()
const open = (packs = housePacks) =>
  paymentSide({
    settings,
    publicUrl: 'http://odeon.test',
    database,
    ledger: postgresLedger({ database, now, log: quietLog }),
    now,
    newId: () => crypto.randomUUID(),
    notices: noNotices,
    log: quietLog,
    packs,
  }).payments
const before = open()
/** The same packs, with half the coins. */
const after = open(housePacks.map((pack) => ({ ...pack, coins: pack.coins / 2 })))
const round = (payments: typeof before) => reconcile({ sql, payments, now, log: quietLog })

async function begun() {
  const [userId] = (await newPeople(sql, 1)) as [string]
  const ask = { requestId: 'request-1', packId: 'npr_1000', gateway: 'esewa' } as const
  const made = await before.begin(userId, ask)
  if (!('payment' in made)) throw new Error(made.code)
  const { id } = made.payment
  const fields = made.way?.fields ?? {}
  return {
    again: (payments: typeof before) => payments.begin(userId, ask),
    pay: () => (esewa.post(fields).status = 'COMPLETE'),
    stands: async () => {
      const row = await before.rows.byId(id)
      return [row?.state, row?.trouble, await balanceOf(sql, userId)]
    },
    look: (payments: typeof before) => payments.look(id),
  }
}

test('[PAY-02] a payment is honoured at its price until it expires, also once prices changed', async () => {
  const [soon, unseen] = [await begun(), await begun()]
  clock.at += paymentBounds.payWithinMs - 1
  await round(after)
  soon.pay()
  await soon.look(after)
  expect(await soon.stands()).toEqual(['paid', null, 500])
  // Paid in its time, for all we know: nobody asked between its end and the money.
  unseen.pay()
  clock.at += 2
  await unseen.look(after)
  expect(await unseen.stands()).toEqual(['paid', null, 500])
})

test('[PAY-02] a form that was kept buys nothing at an old price, and the page says that somebody must look', async () => {
  const [kept, same] = [await begun(), await begun()]
  clock.at += paymentBounds.payWithinMs + paymentBounds.lateMs + 1
  await round(after)
  expect(await kept.stands()).toEqual(['expired', null, 0])
  clock.at += 365 * 24 * 3_600_000
  for (const { pay } of [kept, same]) pay()
  await kept.look(after)
  expect(await kept.stands()).toEqual(['failed', 'price_changed', 0])
  // Where the price is what it was, money that comes late buys what it bought.
  await same.look(before)
  expect(await same.stands()).toEqual(['paid', null, 500])
})

test('[PAY-02] a payment whose time is over leads nowhere to pay any more', async () => {
  const one = await begun()
  expect(await one.again(after)).toMatchObject({ way: { fields: { total_amount: '10' } } })
  clock.at += paymentBounds.payWithinMs
  expect(await one.again(before)).toMatchObject({ way: null })
})

test('[PAY-02] what was begun by half is not begun wholly at a price that is over', async () => {
  const [userId] = (await newPeople(sql, 1)) as [string]
  const ask = { requestId: 'request-2', packId: 'npr_1000', gateway: 'khalti' } as const
  khalti.standIn.isAway = true
  expect(await before.begin(userId, ask)).toMatchObject({ code: 'gateway_unavailable' })
  khalti.standIn.isAway = false
  clock.at += paymentBounds.payWithinMs
  expect(await after.begin(userId, ask)).toMatchObject({ way: null })
  expect(await before.begin(userId, ask)).toMatchObject({ way: { fields: null } })
})
