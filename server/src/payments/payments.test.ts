// Buying coins from outside: what is listed, begun, refused, seen; the sandbox.
import type { PaymentView } from '@odeon/rooms'
import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import { housePacks } from './packs.ts'
import { type Begun, expectSoundLedger, paymentHouse } from './testing/payment-house.ts'

const house = await paymentHouse()
const { server, call, begin, get } = house
const ann = await server.register('ann')
const bo = await server.register('bob')

const refusalOf = async (json: object, token = ann.accessToken) => {
  const answer = await server.fetch('/v1/payments', { json, token })
  return [answer.status, (await errorOf(answer)).code]
}

test('[PAY-01] packs are listed with the ways to pay that are set, to anybody', async () => {
  const offer = await (await server.fetch('/v1/payments/packs')).json()
  const gateways = [
    { name: 'esewa', currencies: ['NPR'] },
    { name: 'khalti', currencies: ['NPR'] },
    { name: 'stripe', currencies: ['USD'] },
    { name: 'sandbox', currencies: ['NPR', 'USD'] },
  ]
  expect(offer).toEqual({ packs: housePacks, gateways })
})

test('[PAY-02] the same id begins one payment, however often it is sent at once', async () => {
  const ask = { requestId: 'ask-00000001', packId: 'usd_499', gateway: 'stripe' }
  const tries = Array.from({ length: 8 }, () => call<Begun>('/v1/payments', ann.accessToken, ask))
  const begun = await Promise.all(tries)
  expect(new Set(begun.map(({ payment }) => payment.id)).size).toBe(1)
  expect(new Set(begun.map(({ way }) => way?.url)).size).toBe(1)
  expect(begun[0]?.payment).toMatchObject({ coins: 32_435, amount: 499, state: 'pending' })
  expect(await refusalOf({ ...ask, packId: 'usd_99' })).toEqual([409, 'payment_id_reused'])
  const others = await call<Begun>('/v1/payments', bo.accessToken, ask)
  expect(others.payment.id).not.toBe(begun[0]?.payment.id)
})

test('[PAY-02] what cannot be bought is refused by name', async () => {
  const ask = { requestId: 'ask-00000002', packId: 'npr_1000', gateway: 'khalti' }
  expect(await refusalOf({ ...ask, packId: 'npr_1' })).toEqual([404, 'unknown_pack'])
  expect(await refusalOf({ ...ask, gateway: 'paypal' })).toEqual([400, 'invalid'])
  expect(await refusalOf({ ...ask, gateway: 'stripe' })).toEqual([409, 'currency_not_taken'])
  expect(await refusalOf({ ...ask, requestId: 'a b' })).toEqual([400, 'invalid'])
  const guest = await server.guest('Gus')
  expect(await refusalOf(ask, guest.accessToken)).toEqual([403, 'account_required'])
  house.khalti.standIn.isAway = true
  expect(await refusalOf(ask)).toEqual([503, 'gateway_unavailable'])
  house.khalti.standIn.isAway = false
  // What was begun half is begun wholly when it is asked again.
  const { way } = await call<Begun>('/v1/payments', ann.accessToken, ask)
  expect(way?.url).toContain(house.khalti.standIn.url)
})

test('[PAY-02] nobody has more than ten payments open', async () => {
  const cy = await server.register('cyd')
  for (let n = 0; n < 10; n += 1) await begin(cy, 'sandbox', 'npr_1000')
  const ask = { requestId: 'ask-00000003', packId: 'npr_1000', gateway: 'sandbox' }
  expect(await refusalOf(ask, cy.accessToken)).toEqual([409, 'too_many_payments'])
})

test('[PAY-12] in the sandbox one says oneself what became of a payment, of one’s own alone', async () => {
  const dee = await server.register('dee')
  const { payment, way } = await begin(dee, 'sandbox', 'npr_5000')
  expect(way?.url).toMatch(new RegExp(`/coins/sandbox/${payment.id}$`))
  const act = (one: string, token: string) =>
    call<PaymentView>(`/v1/payments/${payment.id}/sandbox`, token, { act: one })
  expect(await act('pay', bo.accessToken)).toMatchObject({ error: { code: 'not_found' } })
  expect(await act('pay', dee.accessToken)).toMatchObject({ state: 'paid' })
  expect(await act('decline', dee.accessToken)).toMatchObject({ state: 'paid' })
  expect(await house.coins(dee)).toBe(2_500)
  expect(await act('refund', dee.accessToken)).toMatchObject({ state: 'refunded' })
  expect(await house.coins(dee)).toBe(0)
  const declined = await begin(dee, 'sandbox', 'npr_5000')
  const said = { act: 'decline' }
  const path = `/v1/payments/${declined.payment.id}/sandbox`
  expect(await call(path, dee.accessToken, said)).toMatchObject({ state: 'failed' })
  // Other ways to pay have no such door.
  const other = await begin(dee, 'khalti', 'npr_5000')
  const door = `/v1/payments/${other.payment.id}/sandbox`
  expect(await call(door, dee.accessToken, { act: 'pay' })).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('[PAY-14] a person reads their own payments, newest first, and nobody else does', async () => {
  const eve = await server.register('eve')
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) ids.unshift((await begin(eve, 'sandbox', 'npr_1000')).payment.id)
  interface Page {
    payments: PaymentView[]
    more: boolean
  }
  const first = await call<Page>('/v1/payments?limit=2', eve.accessToken)
  expect([first.payments.map(({ id }) => id), first.more]).toEqual([ids.slice(0, 2), true])
  const rest = await call<Page>(`/v1/payments?before=${ids[1]}`, eve.accessToken)
  expect([rest.payments.map(({ id }) => id), rest.more]).toEqual([ids.slice(2), false])
  expect(await get(bo, String(ids[0]))).toMatchObject({ error: { code: 'not_found' } })
  expect(await house.check(bo, String(ids[0]))).toMatchObject({ error: { code: 'not_found' } })
  await expectSoundLedger(house.database.url)
})
