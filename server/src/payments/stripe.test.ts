// Stripe: signed webhooks in any order, coins once.
import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import { type Begun, paymentHouse } from './testing/payment-house.ts'
import {
  sessionObject,
  signatureOf,
  signedEvent,
  type StandInSession as Session,
  stripeKeys,
} from './testing/stand-in-stripe.ts'
import { payAtStripe as pay, stripeBuyers } from './testing/stripe-buyers.ts'

const house = await paymentHouse()
const { server, stripe, begin, get, tell, coins } = house
const { sql } = house.database
const { newPerson, bought, completed, transfersOf } = stripeBuyers(house)

/** Tellings that were refused or passed over so far, by why. */
const refusedFor = async (...reasons: string[]) => {
  const figures = await (await server.fetch('/metrics')).text()
  const count = (reason: string) => {
    const figure = `odeon_payments_refused_total{gateway="stripe",reason="${reason}"} `
    const line = figures.split('\n').find((text) => text.startsWith(figure))
    return Number(line?.slice(figure.length) ?? 0)
  }
  return reasons.map(count)
}

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
  expect(await refusedFor('amount_differs', 'currency_differs', 'product_differs')).toEqual([
    expect.toSatisfy((count) => count > 0),
    expect.toSatisfy((count) => count > 0),
    expect.toSatisfy((count) => count > 1),
  ])
})

test('[PAY-06] what Stripe did not sign, not so, or not just now, is refused', async () => {
  const { person, session } = await bought()
  const { payload, header } = signedEvent('checkout.session.completed', sessionObject(session))
  const old = Date.now() - 301_000
  const counted = () => refusedFor('bad_signature', 'stale', 'malformed')
  const before = await counted()
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
  const nothing = JSON.stringify({ object: 'event' })
  expect((await house.post(nothing, signatureOf(nothing))).status).toBe(400)
  expect(await coins(person)).toBe(0)
  expect((await counted()).map((count, at) => count - (before[at] ?? 0))).toEqual([6, 1, 1])
})

test('[PAY-06] what is about nothing of ours is taken, counted and changes nothing', async () => {
  const [before = 0] = await refusedFor('unknown_payment')
  const strange = { id: 'cs_x', client_reference_id: crypto.randomUUID() }
  expect((await tell('checkout.session.completed', strange)).status).toBe(204)
  expect((await tell('charge.refunded', { payment_intent: 'pi_unknown' })).status).toBe(204)
  expect((await tell('customer.created', { id: 'cus_1' })).status).toBe(204)
  expect((await tell('checkout.session.completed', { id: 7 })).status).toBe(204)
  // What is of another sort altogether is not counted.
  expect(await refusedFor('unknown_payment')).toEqual([before + 3])
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
