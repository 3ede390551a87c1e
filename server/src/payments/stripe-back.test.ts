// What comes back from Stripe: refunds, disputes, what is owed for them, and what ends that.
import type { Notice } from '@odeon/rooms'
import { expect, test } from 'vitest'
import type { Person } from '../platform/testing/test-server.ts'
import { expectSoundLedger, paymentHouse } from './testing/payment-house.ts'
import { chargeOf, type StandInRefund } from './testing/stand-in-stripe.ts'
import { payAtStripe as pay, stripeBuyers } from './testing/stripe-buyers.ts'

const house = await paymentHouse()
const { server, stripe, begin, get, tell, coins } = house
const { sql } = house.database
const { newPerson, bought, completed, refund, dispute, give, spend, transfersOf } =
  stripeBuyers(house)
const sandbox = async (person: Person, packId: string) => {
  const { payment } = await begin(person, 'sandbox', packId)
  const path = `/v1/payments/${payment.id}/sandbox`
  await house.call(path, person.accessToken, { act: 'pay' })
}

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

test('[PAY-19] each time a payment moves on its person is told, once, however often we hear of it', async () => {
  const { person, payment, session } = await bought()
  const often = (tellIt: () => Promise<unknown>) => Promise.all([tellIt(), tellIt(), tellIt()])
  await often(() => completed(session))
  expect(await spend(person, 6_435)).toBe('posted')
  await refund(session, 33)
  await often(() => tell('charge.refunded', chargeOf(session)))
  session.refunds = session.refunds.map((one) => ({ ...one, status: 'failed' }))
  await often(() => tell('refund.failed', { payment_intent: session.intent }))
  await dispute(session, 'needs_response')
  await often(() => dispute(session, 'under_review'))
  await often(() => dispute(session, 'won'))
  interface Page {
    notices: Notice[]
  }
  const { notices } = await house.call<Page>('/v1/me/notices', person.accessToken)
  expect(notices.map(({ kind }) => kind).toReversed()).toEqual([
    'coins_added',
    'payment_refunded',
    'coins_returned',
    'debt_cleared',
    'payment_disputed',
    'coins_returned',
    'debt_cleared',
  ])
  expect(notices.at(-1)).toMatchObject({ text: '6435', path: `/coins/return/${payment.id}` })
})

test('[PAY-19] what goes back at once is no debt, and what is owed stands in the metrics', async () => {
  const { person, session } = await bought()
  await completed(session)
  await refund(session, 99)
  const told = await house.call<{ notices: Notice[] }>('/v1/me/notices', person.accessToken)
  expect(told.notices.map(({ kind }) => kind)).toEqual(['payment_refunded', 'coins_added'])
  const debtor = await bought()
  await completed(debtor.session)
  expect(await spend(debtor.person, 6_000)).toBe('posted')
  const owed = async () => {
    const figures = await (await server.fetch('/metrics')).text()
    return Number(/^odeon_payments_coins_owed (\d+)$/m.exec(figures)?.[1])
  }
  await refund(debtor.session, 99)
  const [sum] = await sql<{ coins: string }>`select sum(coins_owed) as coins from payments`
  expect(Number(sum?.coins)).toBeGreaterThanOrEqual(6_000)
  await expect.poll(owed).toBe(Number(sum?.coins))
})
