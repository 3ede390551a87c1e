// Everything that may be said in a gateway's name, true or not: not one coin too many or too few.
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Person } from '../platform/testing/test-server.ts'
import { expectSoundLedger, paymentHouse } from './testing/payment-house.ts'
import { esewaData } from './testing/stand-in-esewa.ts'
import {
  chargeOf,
  refundedOf,
  sessionObject,
  signatureOf,
  signedEvent,
  type StandInSession,
} from './testing/stand-in-stripe.ts'

const house = await paymentHouse()
const { server, stripe, esewa, khalti, begin, post } = house
const { sql } = house.database
const seed = Number(process.env.PAYMENTS_SEED ?? randomBytes(4).readUInt32LE())
const random = seededBy(seed)
const fuzzed = 10_000
const atOnce = 20

/** The same numbers for the same seed. */
function seededBy(from: number): () => number {
  let at = from
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const below = (max: number) => Math.floor(random() * max)
const one = <T>(of: readonly T[]): T => of[below(of.length)] as T

interface Bought {
  person: Person
  session: StandInSession
}

const person = await server.register('payer')
async function bought(payer = person): Promise<Bought> {
  const { payment } = await begin(payer, 'stripe', 'usd_99')
  return { person: payer, session: stripe.paymentOf(await house.refOf(payment.id)) }
}
const pay = (session: StandInSession) =>
  Object.assign(session, { status: 'complete', payment_status: 'paid' })

/** What there is of coins that were bought, and what there should be by what Stripe has. */
async function coinsOf({ user }: Person): Promise<number> {
  const [row] = await sql<{ coins: string }>`
    select coalesce(sum(case when kind = 'topup_back' then -amount else amount end), 0) as coins
    from ledger_transfers t where asked_by in (
      select 'payment:' || id from payments where user_id = ${user.id})`
  return Number(row?.coins)
}
const dueOf = (sessions: readonly StandInSession[]) =>
  sessions.reduce((sum, session) => {
    const { payment_status: status, amount_total: all, disputes } = session
    const disputed = disputes.filter((one) => takes.includes(one.status))
    const back = Math.min(
      all,
      refundedOf(session) + disputed.reduce((total, { amount }) => total + amount, 0),
    )
    return sum + (status === 'paid' ? 6_435 - Math.floor((6_435 * back) / all) : 0)
  }, 0)

const takes = ['needs_response', 'appeal_under_review', 'lost']

/** Sends in some order, as many at once as may be. */
async function sendAll(sends: (() => Promise<Response>)[]): Promise<number[]> {
  const left = sends.map((send) => ({ send, at: random() })).toSorted((a, b) => a.at - b.at)
  const statuses: number[] = []
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const answer = await next.send()
      statuses.push(answer.status)
      await answer.body?.cancel()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return statuses
}

const waysOfDisputes = [
  [],
  ['needs_response'],
  ['needs_response', 'won'],
  ['needs_response', 'lost'],
  ['needs_response', 'lost', 'appeal_under_review', 'won'],
  ['warning_needs_response', 'warning_closed'],
  ['warning_under_review', 'needs_response', 'prevented'],
]

/** All that Stripe has to tell of a session, each several times, as it was at that moment. */
function tellingsOf({ session }: Bought): (() => Promise<Response>)[] {
  const told: { payload: string; header: string }[] = []
  const tell = (type: string, object: object) => told.push(signedEvent(type, object))
  tell('checkout.session.completed', sessionObject(session))
  pay(session)
  tell('checkout.session.completed', sessionObject(session))
  tell('checkout.session.async_payment_succeeded', sessionObject(session))
  if (below(2) === 0) {
    const refund = { id: `re_${session.id}`, amount: below(100), status: 'pending' }
    session.refunds = [refund]
    tell('charge.refunded', chargeOf(session))
    for (const status of one([[], ['succeeded'], ['succeeded', 'failed'], ['canceled']])) {
      refund.status = status
      tell('refund.updated', { ...refund, payment_intent: session.intent })
    }
  }
  const dispute = { id: `dp_${session.id}`, amount: 1 + below(99), payment_intent: session.intent }
  for (const status of one(waysOfDisputes)) {
    session.disputes = [{ ...dispute, status }]
    tell('charge.dispute.updated', { ...dispute, status })
  }
  return told.flatMap(({ payload, header }) =>
    Array.from({ length: 1 + below(4) }, () => () => post(payload, header)),
  )
}

test(`[PAY-13] reordered and repeated tellings come to what Stripe has (seed ${seed})`, async () => {
  const payers = await Promise.all(['pam', 'pat', 'pia'].map((name) => server.register(name)))
  for (const payer of payers) {
    const some = [await bought(payer), await bought(payer), await bought(payer)]
    const statuses = await sendAll(some.flatMap(tellingsOf))
    expect(new Set(statuses)).toEqual(new Set([204]))
    expect([payer.user.name, await coinsOf(payer)]).toEqual([
      payer.user.name,
      dueOf(some.map(({ session }) => session)),
    ])
    expect(await house.coins(payer)).toBe(await coinsOf(payer))
  }
})

/** A body that was once good, or never. */
function spoilt(text: string): string {
  const at = below(text.length)
  switch (below(5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(33 + below(90)) + text.slice(at + 1)
    case 2:
      return text + text.slice(at)
    case 3:
      return randomText(below(400))
    default:
      return text.replace(/\d+/, () => String(below(1_000_000)))
  }
}
const randomText = (length: number) =>
  Array.from({ length }, () => String.fromCharCode(below(0x2fff))).join('')

/** Signed by Stripe's own secret or not, about something or nothing; never what happened. */
function lie({ session }: Bought): () => Promise<Response> {
  const claims = {
    ...sessionObject(session),
    payment_status: one(['paid', 'unpaid', 'no_payment_required', 7]),
    amount_total: one([99, 1, -99, 1e12, '99', null]),
    currency: one(['usd', 'npr', 'USD', '', null]),
    client_reference_id: one([session.client_reference_id, crypto.randomUUID(), '', 5, null]),
  }
  const types = ['checkout.session.completed', 'charge.refunded', 'charge.dispute.closed', 'a.b']
  const { payload, header } = signedEvent(one(types), one([claims, chargeOf(session), {}]))
  switch (below(6)) {
    case 0:
      return () => post(payload, header)
    case 1:
      return () => post(payload, signatureOf(payload, { secret: 'whsec_another_00000000' }))
    case 2:
      return () => post(payload, signatureOf(payload, { at: Date.now() - 301_000 - below(1e9) }))
    case 3:
      return () => post(payload, randomText(0) || `t=${below(1e9)},v1=${header.slice(-64)}`)
    case 4: {
      const body = spoilt(payload)
      return () => post(body, below(2) === 0 ? header : signatureOf(body))
    }
    default:
      return () => post(spoilt(payload), undefined)
  }
}

/** A return of a browser with something made up, or made of something true. */
async function strayReturn(): Promise<() => Promise<Response>> {
  const [id] = [...esewa.transactions.keys()]
  const transaction = esewa.transactions.get(id ?? '') ?? { total: '10', code: 'x', status: '' }
  const data = one([
    esewaData(id ?? '', { ...transaction, total: one(['10', '1', '1,000.0']) }),
    esewaData(id ?? '', transaction, { secret: 'another secret' }),
    randomText(below(60)),
    spoilt(esewaData(id ?? '', transaction)),
  ])
  const pidx = one([...khalti.orders.keys(), 'none', randomText(below(40)) || 'x'])
  const query = one([
    `esewa?data=${encodeURIComponent(data.toWellFormed())}`,
    `khalti?pidx=${encodeURIComponent(pidx.toWellFormed())}&status=Completed&amount=100000`,
    `khalti?status=Completed`,
  ])
  return () => server.fetch(`/v1/payments/return/${query}`, { redirect: 'manual' })
}

test(`[PAY-13] ${fuzzed} lies make no coin (seed ${seed})`, async () => {
  const liar = await server.register('liar')
  const unpaid = [await bought(liar), await bought(liar)]
  const form = (await begin(liar, 'esewa', 'npr_1000')).way?.fields ?? {}
  esewa.post(form)
  await begin(liar, 'khalti', 'npr_1000')
  const honest = await bought()
  pay(honest.session)
  const before = signedEvent('checkout.session.completed', sessionObject(honest.session))
  const sends: (() => Promise<Response>)[] = [() => post(before.payload, before.header)]
  while (sends.length < fuzzed) {
    sends.push(below(5) === 0 ? await strayReturn() : lie(one(unpaid)))
  }
  const statuses = await sendAll(sends)
  // Refused or passed over; nothing broke.
  expect([...new Set(statuses)].filter((status) => status >= 500)).toEqual([])
  expect(await coinsOf(liar)).toBe(0)
  expect(await coinsOf(person)).toBe(6_435)
  expect(await house.coins(person)).toBe(6_435)
  expect((await server.fetch('/health')).status).toBe(200)
  await expectSoundLedger(house.database.url)
}, 240_000)
