// Answers of gateways that come late, not at all, or to a question that was overtaken.
import type { GatewayName } from '@odeon/rooms'
import type { Ledger } from '@odeon/rooms/ports'
import { afterEach, expect, test } from 'vitest'
import { errorOf, testApp } from '../platform/http/testing.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from '../wallet/postgres-ledger.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { paymentEndpoints } from './endpoints.ts'
import { paymentBounds } from './limits.ts'
import { housePacks } from './packs.ts'
import { paymentSide } from './payment-side.ts'
import { reconcile } from './reconcile.ts'
import { gatewaysForTests, noNotices } from './testing/payment-house.ts'
import { payAtStripe } from './testing/stripe-buyers.ts'

const database = await testDatabase()
const { sql } = database
const clock = { at: Date.now() }
const now = () => clock.at
const { settings, esewa, khalti, stripe } = await gatewaysForTests()
const usual = postgresLedger({ database, now, log: quietLog })
const open = ({ ledger = usual, packs = housePacks } = {}) =>
  paymentSide({
    settings,
    publicUrl: 'http://odeon.test',
    database,
    ledger,
    now,
    newId: () => crypto.randomUUID(),
    notices: noNotices,
    log: quietLog,
    packs,
  }).payments
const payments = open()
const round = () => reconcile({ sql, payments, now, log: quietLog })

afterEach(() => {
  khalti.standIn.isAway = false
  delete stripe.standIn.held
})

const newPerson = async () => (await newPeople(sql, 1))[0] as string
const ask = (gateway: GatewayName) => ({
  requestId: crypto.randomUUID(),
  packId: gateway === 'stripe' ? 'usd_99' : 'npr_1000',
  gateway,
})

async function begun(gateway: GatewayName) {
  const userId = await newPerson()
  const asked = ask(gateway)
  const made = await payments.begin(userId, asked)
  if (!('payment' in made)) throw new Error(made.code)
  const { id, ref } = made.payment
  return {
    id,
    ref: String(ref),
    fields: made.way?.fields ?? {},
    again: () => payments.begin(userId, asked),
    at: (status: string) =>
      Object.assign(khalti.orders.get(String(ref)) ?? {}, { status, transaction: `txn-${ref}` }),
    stands: async () => [(await payments.rows.byId(id))?.state, await balanceOf(sql, userId)],
    lookAt: async () => (await sql`select look_at from payments where id = ${id}`)[0]?.['look_at'],
  }
}

test('[PAY-09] what eSewa calls off once it was paid is given back, all of it', async () => {
  const one = await begun('esewa')
  const transaction = esewa.post(one.fields)
  transaction.status = 'COMPLETE'
  await payments.look(one.id)
  expect(await one.stands()).toEqual(['paid', 500])
  transaction.status = 'CANCELED'
  await payments.look(one.id)
  expect(await one.stands()).toEqual(['refunded', 0])
})

test('[PAY-02] money on its way when its time ended buys what it was to buy', async () => {
  const one = await begun('esewa')
  const transaction = esewa.post(one.fields)
  clock.at += paymentBounds.payWithinMs + 1
  for (const status of ['PENDING', 'AMBIGUOUS', 'COMPLETE']) {
    transaction.status = status
    await open({ packs: [] }).look(one.id)
  }
  expect(await one.stands()).toEqual(['paid', 500])
})

test('[PAY-02] begun again, a payment is the session that was handed out, not one whose answer was lost', async () => {
  const one = await begun('stripe')
  const lost = stripe.paymentOf(one.ref)
  await sql`update payments set ref = null, way = null where id = ${one.id}`
  clock.at += paymentBounds.payWithinMs - paymentBounds.payWithinMinMs + 60_000
  const { promise, resolve } = Promise.withResolvers<void>()
  const heard = stripe.standIn.heard.length
  stripe.standIn.held = promise
  const again = one.again()
  await expect.poll(() => stripe.standIn.heard.length).toBe(heard + 1)
  delete stripe.standIn.held
  lost.status = 'expired'
  await payments.look(one.id, lost.id)
  expect(await one.stands()).toEqual(['expired', 0])
  resolve()
  const { payment } = (await again) as { payment: { ref: string } }
  expect(payment).toMatchObject({ state: 'pending' })
  expect(payment.ref).not.toBe(lost.id)
  expect(await one.lookAt()).not.toBeNull()
  payAtStripe(stripe.paymentOf(payment.ref))
  await payments.look(one.id)
  expect(await one.stands()).toEqual(['paid', 6_435])
})

test('[PAY-03] of what is over no page makes us ask, and of what is unpaid we ask one thing', async () => {
  const one = await begun('stripe')
  const asked = stripe.standIn.heard.length
  await payments.look(one.id)
  expect(stripe.standIn.heard.length).toBe(asked + 1)
  stripe.paymentOf(one.ref).status = 'expired'
  await payments.look(one.id)
  expect(await one.lookAt()).toBeNull()
  const row = (await payments.rows.byId(one.id))!
  const over = stripe.standIn.heard.length
  clock.at += paymentBounds.checkEveryMs
  expect((await payments.check(row)).state).toBe('expired')
  expect(stripe.standIn.heard.length).toBe(over)
  // Whoever comes back from there brings news.
  await payments.check(row, { isTold: true })
  expect(stripe.standIn.heard.length).toBe(over + 1)
})

test('[PAY-11] while a gateway does not answer, coins it said were paid for are given', async () => {
  const one = await begun('khalti')
  one.at('Completed')
  const away: Ledger = { transfer: () => Promise.resolve({ refused: 'ledger_unavailable' }) }
  await open({ ledger: away }).look(one.id)
  expect(await one.stands()).toEqual(['pending', 0])
  khalti.standIn.isAway = true
  clock.at += paymentBounds.againAfterMs
  await round()
  khalti.standIn.isAway = false
  expect(await one.stands()).toEqual(['paid', 500])
})

test('[PAY-11] a gateway that never answers keeps no payment for ever, and hides no money for a week', async () => {
  const [paid, never] = [await begun('khalti'), await begun('khalti')]
  paid.at('Completed')
  khalti.standIn.isAway = true
  clock.at += paymentBounds.payWithinMs + paymentBounds.lateMs + 1
  await round()
  expect([await paid.stands(), await never.stands()]).toEqual([
    ['expired', 0],
    ['expired', 0],
  ])
  khalti.standIn.isAway = false
  clock.at += paymentBounds.looksAfterMs[5]
  await payments.lookInTurn(paid.id)
  expect(await paid.stands()).toEqual(['paid', 500])
  khalti.standIn.isAway = true
  clock.at += paymentBounds.silentMs
  await round()
  khalti.standIn.isAway = false
  expect(await never.lookAt()).toBeNull()
})

test('[PAY-02] nobody has a gateway asked about more than thirty unpaid payments', async () => {
  const userId = await newPerson()
  const refusalOf = async () => {
    const made = await payments.begin(userId, ask('khalti'))
    return 'payment' in made ? undefined : made.code
  }
  for (let n = 0; n < paymentBounds.unpaidMax; n += 1) {
    if (n % 10 === 0) clock.at += paymentBounds.payWithinMs + 1
    expect(await refusalOf()).toBeUndefined()
  }
  clock.at += paymentBounds.payWithinMs + 1
  expect(await refusalOf()).toBe('too_many_payments')
  clock.at += paymentBounds.lateMs
  await round()
  expect(await refusalOf()).toBeUndefined()
})

test('[PAY-03] one person begins payments and asks about them so many times, wherever they are', async () => {
  const [one, other] = [await newPerson(), await newPerson()]
  const app = await testApp({
    endpoints: paymentEndpoints(payments),
    limits: { paymentMax: 2 },
    authenticate: async (userId) => {
      return { userId, name: userId, kind: 'account', platformRole: 'user', sid: 'sid' }
    },
  })
  const call = (path: string, by = one, json?: object) =>
    app.fetch(path, {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${by}` },
      json,
    })
  const made = (await (await call('/v1/payments', one, ask('khalti'))).json()) as {
    payment: { id: string }
  }
  const at = `/v1/payments/${made.payment.id}`
  expect((await call(`${at}/check`, one, {})).status).toBe(200)
  for (const path of ['/v1/payments', `${at}/check`]) {
    const refused = await call(path, one, ask('khalti'))
    expect([refused.status, (await errorOf(refused)).code]).toEqual([429, 'rate_limited'])
  }
  // Whoever only reads asks nobody.
  expect((await call(at)).status).toBe(200)
  expect((await call('/v1/payments', other, ask('khalti'))).status).toBe(200)
})
