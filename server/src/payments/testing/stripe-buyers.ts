/** People who buy coins at the stand-in for Stripe, and what they and their banks do then. */
import { randomUUID } from 'node:crypto'
import type { Person } from '../../platform/testing/test-server.ts'
import { giver } from './give-coins.ts'
import type { paymentHouse } from './payment-house.ts'
import { chargeOf, refundedOf, sessionObject, type StandInSession } from './stand-in-stripe.ts'

type PaymentHouse = Awaited<ReturnType<typeof paymentHouse>>

export const payAtStripe = (session: StandInSession) =>
  Object.assign(session, { status: 'complete', payment_status: 'paid' })

export function stripeBuyers(house: PaymentHouse) {
  const { server, stripe, begin, tell } = house
  let people = 0
  const newPerson = () => server.register(`person${(people += 1)}`)
  const give = giver(house.database)

  /** Begun, and paid at Stripe if wanted; we have not heard of it. */
  const bought = async (packId = 'usd_99', { paid = true } = {}) => {
    const person = await newPerson()
    const { payment } = await begin(person, 'stripe', packId)
    const session = stripe.paymentOf(await house.refOf(payment.id))
    if (paid) payAtStripe(session)
    return { person, payment, session }
  }
  const completed = (session: StandInSession, options = {}) =>
    tell('checkout.session.completed', sessionObject(session), options)
  /** Until so much was given back in all. */
  const refund = async (session: StandInSession, total: number) => {
    const amount = total - refundedOf(session)
    session.refunds.push({ id: `re_${randomUUID()}`, amount, status: 'succeeded' })
    return await tell('charge.refunded', chargeOf(session))
  }
  const dispute = async (
    session: StandInSession,
    status: string,
    amount = session.amount_total,
  ) => {
    const id = `dp_${session.id}`
    session.disputes = [{ id, amount, status }]
    const type = ['won', 'lost'].includes(status) ? 'closed' : 'created'
    const told = { id, payment_intent: session.intent, amount, status }
    return await tell(`charge.dispute.${type}`, told)
  }
  /** As a gift would: to somebody else. */
  const spend = async ({ user }: Person, amount: number) =>
    await give(user.id, (await newPerson()).user.id, amount)
  const transfersOf = async (id: string) =>
    (
      await house.database.sql<{ kind: string; amount: string }>`
        select kind, amount from ledger_transfers where asked_by = ${`payment:${id}`}
        order by at, ask_id`
    ).map(({ kind, amount }) => [kind, Number(amount)])

  return { newPerson, bought, completed, refund, dispute, give, spend, transfersOf }
}
