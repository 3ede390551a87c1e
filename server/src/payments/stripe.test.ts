// Stripe: signed webhooks in any order, refunds, disputes; coins once and back.
import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import type { Person } from '../platform/testing/test-server.ts'
import { giver } from './testing/give-coins.ts'
import { type Begun, expectSoundLedger, paymentHouse } from './testing/payment-house.ts'
import {
  chargeOf,
  refundedOf,
  sessionObject,
  signatureOf,
  signedEvent,
  type StandInRefund,
  stripeKeys,
} from './testing/stand-in-stripe.ts'

const house = await paymentHouse()
const { server, stripe, begin, get, tell, coins } = house
const { sql } = house.database
let people = 0
const newPerson = () => server.register(`person${(people += 1)}`)

/** Begun, and paid at Stripe if wanted; we have not heard of it. */
async function bought(packId = 'usd_99', { paid = true } = {}) {
  const person = await newPerson()
  const { payment } = await begin(person, 'stripe', packId)
  const session = stripe.paymentOf(await house.refOf(payment.id))
  if (paid) pay(session)
  return { person, payment, session }
}
const pay = (session: { status: string; payment_status: string }) =>
  Object.assign(session, { status: 'complete', payment_status: 'paid' })
type Session = Awaited<ReturnType<typeof bought>>['session']
const completed = (session: Session, options = {}) =>
  tell('checkout.session.completed', sessionObject(session), options)
/** Until so much was given back in all. */
const refund = async (session: Session, total: number) => {
  const amount = total - refundedOf(session)
  session.refunds.push({ id: `re_${crypto.randomUUID()}`, amount, status: 'succeeded' })
  return await tell('charge.refunded', chargeOf(session))
}
const dispute = async (session: Session, status: string, amount = session.amount_total) => {
  const id = `dp_${session.id}`
  session.disputes = [{ id, amount, status }]
  const type = ['won', 'lost'].includes(status) ? 'closed' : 'created'
  return await tell(`charge.dispute.${type}`, {
    id,
    payment_intent: session.intent,
    amount,
    status,
  })
}
const give = giver(house.database)
/** As a gift would: to somebody else. */
const spend = async ({ user }: Person, amount: number) =>
  await give(user.id, (await newPerson()).user.id, amount)
const sandbox = async (person: Person, packId: string) => {
  const { payment } = await begin(person, 'sandbox', packId)
  const path = `/v1/payments/${payment.id}/sandbox`
  await house.call(path, person.accessToken, { act: 'pay' })
}
const transfersOf = async (id: string) =>
  (
    await sql<{ kind: string; amount: string }>`
      select kind, amount from ledger_transfers where asked_by = ${`payment:${id}`}
      order by at, ask_id`
  ).map(({ kind, amount }) => [kind, Number(amount)])

test('[PAY-03] coins are given when Stripe, asked, says that it has the money', async () => {
  const { person, payment, session } = await bought('usd_999', { paid: false })
  expect(session).toMatchObject({ amount_total: 999, currency: 'usd' })
  // A telling that is signed and says it is paid, while it is not.
  expect((await tell('checkout.session.completed', sessionObject(session))).status).toBe(204)
  expect([await coins(person), (await get(person, payment.id)).state]).toEqual([0, 'pending'])
  pay(session)
  expect((await completed(session)).status).toBe(204)
  expect([await coins(person), (await get(person, payment.id)).state]).toEqual([64_935, 'paid'])
})

test('[PAY-04] told a hundred times at once, and again, coins are given once', async () => {
  const { person, payment, session } = await bought()
  const again = { id: `evt_${payment.id}` }
  const answers = await Promise.all([
    ...Array.from({ length: 50 }, () => completed(session, again)),
    ...Array.from({ length: 50 }, () => completed(session)),
  ])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
  await completed(session, again)
  await house.check(person, payment.id)
  expect(await coins(person)).toBe(6_435)
  expect(await transfersOf(payment.id)).toEqual([['topup', 6_435]])
  const [events] = await sql<{ n: string }>`
    select count(*) as n from payment_events where id = ${again.id}`
  expect(Number(events?.n)).toBe(1)
})

test('[PAY-04] a return without a webhook gives them, too', async () => {
  const { person, payment } = await bought()
  await expect.poll(async () => (await house.check(person, payment.id)).state).toBe('paid')
  expect(await coins(person)).toBe(6_435)
})

test('[PAY-05] another amount, another currency or another product credits nothing', async () => {
  const rows: [string, (session: Session) => void][] = [
    ['amount_differs', (session) => (session.amount_total -= 1)],
    ['currency_differs', (session) => (session.currency = 'npr')],
    ['product_differs', (session) => (session.metadata.odeon_pack = 'usd_4999')],
    ['product_differs', (session) => (session.client_reference_id = crypto.randomUUID())],
  ]
  for (const [trouble, change] of rows) {
    const { person, payment, session } = await bought()
    change(session)
    await completed(session, {})
    await house.server.fetch(`/v1/payments/${payment.id}/check`, {
      json: {},
      token: person.accessToken,
    })
    const facts = { ...session, client_reference_id: payment.id }
    await completed(facts)
    expect(await coins(person)).toBe(0)
    const [row] = await sql<{ trouble: string; state: string }>`
      select trouble, state from payments where id = ${payment.id}`
    expect(row).toEqual({ trouble, state: 'failed' })
  }
  const figures = await (await server.fetch('/metrics')).text()
  const count = /odeon_payments_refused_total\{gateway="stripe",reason="amount_differs"\} (\d+)/
  expect(Number(count.exec(figures)?.[1])).toBeGreaterThan(0)
})

test('[PAY-06] what Stripe did not sign, not so, or not just now, is refused', async () => {
  const { person, session } = await bought()
  const { payload, header } = signedEvent('checkout.session.completed', sessionObject(session))
  const old = Date.now() - 301_000
  const rows: [string, string, string | undefined][] = [
    ['unsigned', payload, undefined],
    ['nonsense', payload, 't=1,v1=00'],
    ['another secret', payload, signatureOf(payload, { secret: 'whsec_another_00000000' })],
    ['altered', payload.replace('"unpaid"', '"paid"').replace('usd', 'USD'), header],
    ['cut', payload.slice(0, -1), header],
    ['too old', payload, signatureOf(payload, { at: old })],
    ['another scheme', payload, header.replace('v1=', 'v0=')],
  ]
  for (const [name, body, signature] of rows) {
    const answer = await house.post(body, signature)
    expect([name, answer.status, (await errorOf(answer)).code]).toEqual([
      name,
      401,
      'unauthenticated',
    ])
  }
  expect(await coins(person)).toBe(0)
  const figures = await (await server.fetch('/metrics')).text()
  expect(figures).toContain('odeon_payments_refused_total{gateway="stripe",reason="stale"} 1')
})

test('[PAY-06] what is about nothing of ours is taken, counted and changes nothing', async () => {
  const strange = { id: 'cs_x', client_reference_id: crypto.randomUUID() }
  expect((await tell('checkout.session.completed', strange)).status).toBe(204)
  expect((await tell('charge.refunded', { payment_intent: 'pi_unknown' })).status).toBe(204)
  expect((await tell('customer.created', { id: 'cus_1' })).status).toBe(204)
  expect((await tell('checkout.session.completed', { id: 7 })).status).toBe(204)
})

test('[PAY-06] while Stripe does not answer its telling is refused, so that it comes again', async () => {
  const { person, session } = await bought()
  const event = { id: 'evt_again' }
  stripe.standIn.isAway = true
  const answer = await completed(session, event)
  stripe.standIn.isAway = false
  expect([answer.status, await coins(person)]).toEqual([503, 0])
  expect((await completed(session, event)).status).toBe(204)
  expect(await coins(person)).toBe(6_435)
})

test('[PAY-09] a refund takes its share back; in whole coins, in favour of the person', async () => {
  const { person, payment, session } = await bought()
  await completed(session)
  await refund(session, 33)
  expect([await coins(person), (await get(person, payment.id)).state]).toEqual([4_290, 'paid'])
  await refund(session, 34)
  expect(await coins(person)).toBe(6_435 - Math.floor((6_435 * 34) / 99))
  await refund(session, 99)
  expect(await get(person, payment.id)).toMatchObject({ state: 'refunded', refunded: 99 })
  // Told again, of what was known already.
  await tell('charge.refunded', chargeOf({ ...session, refunds: session.refunds.slice(0, 1) }))
  expect(await coins(person)).toBe(0)
  const wallet = await house.call('/v1/me/wallet', person.accessToken)
  expect(wallet).toMatchObject({ coin: 0, totalEarned: 0, totalSpent: 0 })
})

test('[PAY-09] a refund that is told before the payment was leaves nothing to give', async () => {
  const { person, payment, session } = await bought()
  await refund(session, 99)
  await completed(session)
  expect([await coins(person), (await get(person, payment.id)).state]).toEqual([0, 'refunded'])
  expect(await transfersOf(payment.id)).toEqual([])
})

test('[PAY-09] a dispute takes coins back; won it gives them again, lost it does not', async () => {
  const won = await bought()
  // Told before the payment: Stripe says to which session it belongs.
  await dispute(won.session, 'needs_response')
  expect(await coins(won.person)).toBe(0)
  await dispute(won.session, 'won')
  expect(await coins(won.person)).toBe(6_435)
  expect((await get(won.person, won.payment.id)).state).toBe('paid')
  const lost = await bought()
  await completed(lost.session)
  await dispute(lost.session, 'warning_needs_response')
  expect(await coins(lost.person)).toBe(6_435)
  lost.session.disputes = []
  await dispute({ ...lost.session, id: 'other' }, 'needs_response')
  lost.session.disputes = [{ id: 'dp_lost', amount: 99, status: 'under_review' }]
  await tell('charge.dispute.updated', { id: 'dp_lost', payment_intent: lost.session.intent })
  expect((await get(lost.person, lost.payment.id)).state).toBe('charged_back')
  await dispute(lost.session, 'lost')
  expect([await coins(lost.person), (await get(lost.person, lost.payment.id)).state]).toEqual([
    0,
    'charged_back',
  ])
})

test('[PAY-09] a refund that failed or was called off gives its coins again, once', async () => {
  const { person, payment, session } = await bought()
  await completed(session)
  await refund(session, 33)
  await refund(session, 99)
  expect(await coins(person)).toBe(0)
  const [first, second] = session.refunds as [StandInRefund, StandInRefund]
  second.status = 'failed'
  const failed = { ...second, payment_intent: session.intent }
  await Promise.all([
    tell('refund.failed', failed),
    tell('charge.refund.updated', failed),
    tell('refund.updated', failed),
  ])
  expect([await coins(person), (await get(person, payment.id)).state]).toEqual([4_290, 'paid'])
  first.status = 'canceled'
  await tell('refund.updated', { ...first, payment_intent: session.intent })
  expect([await coins(person), (await get(person, payment.id)).refunded]).toEqual([6_435, 0])
  // An old telling that comes late makes us ask, and the answer is what is so now.
  await tell('charge.refunded', { ...chargeOf(session), amount_refunded: 99, refunded: true })
  expect(await coins(person)).toBe(6_435)
})

test('[PAY-10] what was owed for a refund that failed is owed no more', async () => {
  const { person, payment, session } = await bought()
  await completed(session)
  expect(await spend(person, 6_000)).toBe('posted')
  await refund(session, 99)
  expect(await get(person, payment.id)).toMatchObject({ state: 'refunded', coinsOwed: 6_000 })
  session.refunds = session.refunds.map((one) => ({ ...one, status: 'failed' }))
  await tell('refund.failed', { ...session.refunds[0], payment_intent: session.intent })
  expect(await get(person, payment.id)).toMatchObject({ state: 'paid', coinsOwed: 0, refunded: 0 })
  expect(await coins(person)).toBe(435)
  expect(await spend(person, 435)).toBe('posted')
  expect((await transfersOf(payment.id)).map(([kind]) => kind)).toEqual([
    'topup',
    'topup_back',
    'topup_again',
  ])
  await expectSoundLedger(house.database.url)
})

test('[PAY-09] every state of a dispute that Stripe tells has its meaning, in any order', async () => {
  const { person, payment, session } = await bought()
  await completed(session)
  const [kept, away] = [
    [6_435, 'paid'],
    [0, 'charged_back'],
  ]
  const rows: [string, unknown][] = [
    ['warning_needs_response', kept],
    ['needs_response', away],
    ['warning_under_review', kept],
    ['under_review', away],
    ['warning_closed', kept],
    ['needs_response', away],
    ['won', kept],
    ['lost', away],
    ['appeal_needs_response', away],
    ['appeal_under_review', away],
    ['prevented', kept],
    ['something_new', away],
    ['won', kept],
  ]
  for (const [status, stands] of rows) {
    await dispute(session, status)
    const { state } = await get(person, payment.id)
    expect([status, [await coins(person), state]]).toEqual([status, stands])
  }
})

test('[PAY-10] coins that are gone are owed: nothing is given away until they are back', async () => {
  const { person, payment, session } = await bought()
  await completed(session)
  expect(await spend(person, 6_000)).toBe('posted')
  await refund(session, 99)
  expect(await get(person, payment.id)).toMatchObject({ state: 'refunded', coinsOwed: 6_000 })
  expect(await coins(person)).toBe(0)
  const owes = await house.call('/v1/payments', person.accessToken)
  expect(owes).toMatchObject({ coinsOwed: 6_000, more: false })
  // Getting is allowed; giving is not, neither before it is collected nor behind that.
  const friend = await newPerson()
  await sandbox(friend, 'npr_1000')
  expect(await give(friend.user.id, person.user.id, 10)).toBe('posted')
  expect(await spend(person, 1)).toMatch(/^(frozen_account|insufficient_coins)$/)
  // The next pack goes to the debt first.
  const next = await begin(person, 'stripe', 'usd_99')
  const second = stripe.paymentOf(await house.refOf(next.payment.id))
  pay(second)
  await completed(second)
  await expect
    .poll(async () => (await get(person, payment.id)).coinsOwed, { timeout: 15_000 })
    .toBe(0)
  expect(await coins(person)).toBe(6_435 + 10 - 6_000)
  expect(await spend(person, 445)).toBe('posted')
  await expectSoundLedger(house.database.url)
})

test('[PAY-10] a freeze that somebody set for another reason outlives what was owed', async () => {
  const { person, session } = await bought()
  await completed(session)
  const owner = person.user.id
  await sql`
    update ledger_accounts set frozen_at = now(), frozen_for = 'house'
    where owner = ${owner} and currency = 'coin'`
  await refund(session, 33)
  expect(await coins(person)).toBe(4_290)
  expect(await spend(person, 1)).toBe('frozen_account')
  expect(await sql`select frozen_for from ledger_accounts where owner = ${owner}`).toContainEqual({
    frozen_for: 'house',
  })
})

test('[PAY-02] what was begun by half is begun wholly later, with time to pay that Stripe takes', async () => {
  const person = await newPerson()
  stripe.standIn.isAway = true
  expect(await begin(person, 'stripe', 'usd_99')).toMatchObject({
    error: { code: 'gateway_unavailable' },
  })
  stripe.standIn.isAway = false
  const [row] = await sql<{ request_id: string }>`
    update payments set expires_at = now() + interval '10 minutes'
    where user_id = ${person.user.id} returning request_id`
  const ask = { requestId: String(row?.request_id), packId: 'usd_99', gateway: 'stripe' }
  const begun = await house.call<Begun>('/v1/payments', person.accessToken, ask)
  expect(begun.way?.url).toContain(stripe.standIn.url)
  expect(begun.payment.expiresAt).toBeGreaterThan(Date.now() + 30 * 60_000)
})

test('[PAY-12] no key stands in a line of the log', () => {
  const log = server.log.join('\n')
  expect(log).not.toContain(stripeKeys.secretKey)
  expect(log).not.toContain(stripeKeys.webhookSecret)
})
