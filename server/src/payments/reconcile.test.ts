// Payments that nobody told us of, under a clock that tests move.
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { balanceOf, newPeople } from '../wallet/testing/wallet-people.ts'
import { postgresLedger } from '../wallet/postgres-ledger.ts'
import { paymentBounds } from './limits.ts'
import { paymentSide } from './payment-side.ts'
import { reconcile } from './reconcile.ts'
import { expectSoundLedger, gatewaysForTests, noNotices } from './testing/payment-house.ts'

const database = await testDatabase()
const { sql } = database
const clock = { at: Date.now() }
const now = () => clock.at
const { settings, khalti, stripe } = await gatewaysForTests()
const open = () =>
  paymentSide({
    settings,
    publicUrl: 'http://odeon.test',
    database,
    ledger: postgresLedger({ database, now, log: quietLog }),
    now,
    newId: () => crypto.randomUUID(),
    notices: noNotices,
    log: quietLog,
  })
const { payments } = open()
const round = (of = payments) => reconcile({ sql, payments: of, now, log: quietLog })

let asked = 0
async function begun(gateway: 'khalti' | 'stripe') {
  const [userId] = (await newPeople(sql, 1)) as [string]
  const packId = gateway === 'khalti' ? 'npr_1000' : 'usd_99'
  const ask = { requestId: `request-${(asked += 1)}`, packId, gateway }
  const made = await payments.begin(userId, ask)
  if (!('payment' in made)) throw new Error(made.code)
  const { id, ref } = made.payment
  const state = async () => (await payments.rows.byId(id))?.state
  return { userId, id, ref: String(ref), state, coins: () => balanceOf(sql, userId) }
}
const atKhalti = (ref: string, status: string) =>
  Object.assign(khalti.orders.get(ref) ?? {}, { status, transaction: `txn-${ref}` })

test('[PAY-11] a payment that nobody told us of is found, also after days without any round', async () => {
  const [soon, late] = [await begun('khalti'), await begun('khalti')]
  for (const { ref } of [soon, late]) atKhalti(ref, 'Completed')
  expect(await round()).toBe(0)
  clock.at += paymentBounds.looksAfterMs[0]
  await round()
  expect([await soon.state(), await soon.coins()]).toEqual(['paid', 500])
  const away = await begun('khalti')
  atKhalti(away.ref, 'Completed')
  clock.at += 3 * paymentBounds.lateMs
  // Paid, though its time is long over.
  await round()
  expect([await away.state(), await away.coins()]).toEqual(['paid', 500])
})

test('[PAY-11] an open page that asks again and again does not make the upkeep ask later', async () => {
  const { id, ref, state, coins } = await begun('khalti')
  for (let asks = 0; asks < 6; asks += 1) {
    clock.at += paymentBounds.checkEveryMs
    const row = await payments.rows.byId(id)
    expect((await payments.check(row!)).state).toBe('pending')
  }
  // Paid behind that, with the page closed.
  atKhalti(ref, 'Completed')
  clock.at += 120_000
  await round()
  expect([await state(), await coins()]).toEqual(['paid', 500])
})

test('[PAY-03] of all who want to know at the same time, in two processes, one asks the gateway', async () => {
  const { id } = await begun('khalti')
  const row = await payments.rows.byId(id)
  const other = open().payments
  const asks = () => khalti.standIn.heard.filter(({ body }) => body.includes(row!.ref!)).length
  for (const after of [0, 0, paymentBounds.checkEveryMs]) {
    clock.at += after
    const before = asks()
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? payments : other).check(row!)),
    )
    // The first of all asks, and then nobody for two seconds.
    expect(asks() - before).toBe(after === 0 && before > 0 ? 0 : 1)
  }
})

test('[PAY-11] what stays unpaid expires a day after its time, and is asked about no more', async () => {
  const { id, state } = await begun('stripe')
  clock.at += paymentBounds.payWithinMs
  await round()
  expect(await state()).toBe('pending')
  clock.at += paymentBounds.lateMs + 1
  await round()
  expect(await state()).toBe('expired')
  const [row] = await sql`select look_at from payments where id = ${id}`
  expect(row).toEqual({ look_at: null })
})

test('[PAY-11] who was declined and pays all the same is found within the hour, for a day', async () => {
  const [again, never] = [await begun('khalti'), await begun('khalti')]
  atKhalti(again.ref, 'User canceled')
  atKhalti(never.ref, 'Expired')
  for (const { id } of [again, never]) await payments.look(id)
  expect([await again.state(), await never.state()]).toEqual(['failed', 'expired'])
  atKhalti(again.ref, 'Completed')
  clock.at += paymentBounds.looksAfterMs[5]
  await round()
  expect([await again.state(), await again.coins()]).toEqual(['paid', 500])
  clock.at += paymentBounds.payWithinMs + paymentBounds.lateMs
  await round()
  const [row] = await sql`select state, look_at from payments where id = ${never.id}`
  expect(row).toEqual({ state: 'expired', look_at: null })
})

test('[PAY-11] what differs from what was asked is a person’s to settle: no gateway is asked again', async () => {
  const { id, ref } = await begun('khalti')
  Object.assign(khalti.orders.get(ref) ?? {}, { status: 'Completed', amount: 1 })
  const row = await payments.look(id)
  expect(row).toMatchObject({ state: 'failed', trouble: 'amount_differs' })
  const [stored] = await sql`select look_at from payments where id = ${id}`
  expect(stored).toEqual({ look_at: null })
})

test('[PAY-11] money that comes behind that is found when the gateway tells of it', async () => {
  const { id, ref, state, coins } = await begun('stripe')
  clock.at += paymentBounds.payWithinMs + paymentBounds.lateMs + 1
  await round()
  expect(await state()).toBe('expired')
  Object.assign(stripe.paymentOf(ref), { status: 'complete', payment_status: 'paid' })
  await payments.look(id)
  expect([await state(), await coins()]).toEqual(['paid', 6_435])
})

test('[PAY-11] a gateway that does not answer changes nothing and is asked again', async () => {
  const { ref, state, coins } = await begun('khalti')
  atKhalti(ref, 'Completed')
  khalti.standIn.isAway = true
  clock.at += paymentBounds.looksAfterMs[0]
  await round()
  expect([await state(), await coins()]).toEqual(['pending', 0])
  khalti.standIn.isAway = false
  clock.at += paymentBounds.againAfterMs
  await round()
  expect([await state(), await coins()]).toEqual(['paid', 500])
})

test('[PAY-11] a refund that nobody told us of is found within a day', async () => {
  const { id, ref, state, coins } = await begun('khalti')
  atKhalti(ref, 'Completed')
  await payments.look(id)
  expect(await coins()).toBe(500)
  atKhalti(ref, 'Refunded')
  clock.at += paymentBounds.watchEveryMs
  await round()
  expect([await state(), await coins()]).toEqual(['refunded', 0])
})

test('[PAY-11] whoever waits for coins is asked about before what was paid long ago', async () => {
  const paid = await begun('khalti')
  atKhalti(paid.ref, 'Completed')
  await payments.look(paid.id)
  clock.at += paymentBounds.watchEveryMs
  const waiting = await begun('khalti')
  clock.at += paymentBounds.looksAfterMs[0]
  const order: string[] = []
  const noting = {
    ...payments,
    lookInTurn(id: string) {
      order.push(id)
      return payments.lookInTurn(id)
    },
  }
  await round(noting)
  expect(order).toContain(paid.id)
  expect(order.indexOf(waiting.id)).toBeLessThan(order.indexOf(paid.id))
})

test('[PAY-11] a gateway that is slow holds up nobody but its own', async () => {
  const slow = await Promise.all(
    Array.from({ length: paymentBounds.looksTogetherMax }, () => begun('khalti')),
  )
  const paid = await begun('stripe')
  Object.assign(stripe.paymentOf(paid.ref), { status: 'complete', payment_status: 'paid' })
  clock.at += paymentBounds.looksAfterMs[0]
  const held = Promise.withResolvers<void>()
  khalti.standIn.held = held.promise
  const before = khalti.standIn.heard.length
  const running = round()
  // Whatever may be asked of Khalti at once is asked, and waits.
  await expect.poll(() => khalti.standIn.heard.length - before).toBe(slow.length)
  await expect.poll(paid.state).toBe('paid')
  held.resolve()
  await running
})

test('[PAY-11] a gateway that is away is asked a few times a round, and about all when it is back', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, () => begun('khalti')))
  for (const { ref } of many) atKhalti(ref, 'Completed')
  clock.at += paymentBounds.looksAfterMs[0]
  khalti.standIn.isAway = true
  await round()
  khalti.standIn.isAway = false
  const asked = await sql`
    select from payments where id = any(${many.map(({ id }) => id)}::uuid[]) and looks > 0`
  expect(asked.length).toBeLessThan(2 * paymentBounds.unansweredMax)
  clock.at += paymentBounds.againAfterMs
  await round()
  expect(new Set(await Promise.all(many.map(({ state }) => state())))).toEqual(new Set(['paid']))
})

test('[PAY-06] what was told is forgotten after 30 days, no sooner', async () => {
  const tell = (id: string, ageMs: number) => sql`
    insert into payment_events (gateway, id, kind, at)
    values ('stripe', ${id}, 'charge.refunded', ${new Date(clock.at - ageMs)})`
  await tell('evt_old', paymentBounds.eventsKeptMs + 1_000)
  await tell('evt_new', paymentBounds.eventsKeptMs - 1_000)
  await round()
  expect(await sql`select id from payment_events order by id`).toEqual([{ id: 'evt_new' }])
})

test('[PAY-04] interrupted between record and ledger, the next round goes on, once', async () => {
  const { id, ref, state, coins } = await begun('khalti')
  atKhalti(ref, 'Completed')
  const broken = paymentSide({
    settings,
    publicUrl: 'http://odeon.test',
    database,
    ledger: { transfer: () => Promise.resolve({ refused: 'ledger_unavailable' }) },
    now,
    newId: () => crypto.randomUUID(),
    notices: noNotices,
    log: quietLog,
  })
  await broken.payments.look(id)
  // The gateway's word is on record; while there are no coins, it is not called paid.
  expect([await state(), await coins()]).toEqual(['pending', 0])
  clock.at += paymentBounds.againAfterMs
  await Promise.all([round(), round(open().payments), round(open().payments)])
  expect([await state(), await coins()]).toEqual(['paid', 500])
  await expectSoundLedger(database.url)
})
