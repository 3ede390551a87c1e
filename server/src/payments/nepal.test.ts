// eSewa and Khalti: signed forms and returns, lookups, every state they tell.
import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import type { Person } from '../platform/testing/test-server.ts'
import { expectSoundLedger, paymentHouse } from './testing/payment-house.ts'
import { esewaData, esewaKeys } from './testing/stand-in-esewa.ts'
import { khaltiKeys } from './testing/stand-in-khalti.ts'

const house = await paymentHouse()
const { server, esewa, khalti, begin, get, coins } = house
let people = 0
const newPerson = () => server.register(`person${(people += 1)}`)

/** A browser that follows no redirects. */
const come = (path: string) => server.fetch(path, { redirect: 'manual' })
const esewaReturns = (data: string) =>
  come(`/v1/payments/return/esewa?data=${encodeURIComponent(data)}`)
const khaltiReturns = (pidx: string, status = 'Completed') =>
  come(`/v1/payments/return/khalti?pidx=${pidx}&status=${encodeURIComponent(status)}&amount=1`)

async function atEsewa(packId = 'npr_100000') {
  const person = await newPerson()
  const { payment, way } = await begin(person, 'esewa', packId)
  const transaction = esewa.post(way?.fields ?? {})
  return { person, payment, way, transaction }
}
async function atKhalti(packId = 'npr_1000') {
  const person = await newPerson()
  const { payment } = await begin(person, 'khalti', packId)
  const pidx = await house.refOf(payment.id)
  const order = khalti.orders.get(pidx)
  if (order === undefined) throw new Error('Khalti was not told')
  return { person, payment, order }
}
const stands = async (person: Person, id: string) => [
  await coins(person),
  (await get(person, id)).state,
]

test('[PAY-07] the form is signed as eSewa checks it, and its page may be posted to', async () => {
  const { way, payment, transaction } = await atEsewa('npr_1000')
  expect(transaction.total).toBe('10')
  expect(way?.url).toBe(`${esewa.standIn.url}/api/epay/main/v2/form`)
  expect(way?.fields).toMatchObject({ transaction_uuid: payment.id, product_code: 'EPAYTEST' })
  const policy = (await server.fetch('/v1/payments/packs')).headers.get('content-security-policy')
  expect(policy).toContain(`form-action 'self' ${esewa.standIn.url}`)
})

test('[PAY-07] a return that eSewa signed makes us ask; paid it gives coins, once', async () => {
  const { person, payment, transaction } = await atEsewa()
  // As eSewa writes it: with a comma and a fraction.
  const data = esewaData(payment.id, { ...transaction, total: '1,000.0' })
  const early = await esewaReturns(data)
  expect([early.status, early.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(new RegExp(`/coins/return/${payment.id}$`)),
  ])
  expect(await stands(person, payment.id)).toEqual([0, 'pending'])
  transaction.status = 'COMPLETE'
  // Asked a moment ago: one of those that come behind that moment asks again.
  await expect
    .poll(async () => {
      await Promise.all(Array.from({ length: 10 }, () => esewaReturns(data)))
      return await stands(person, payment.id)
    })
    .toEqual([50_000, 'paid'])
})

test('[PAY-07] amounts that are numbers are signed as they are written', async () => {
  const { person, payment, transaction } = await atEsewa()
  transaction.status = 'COMPLETE'
  const text = Buffer.from(esewaData(payment.id, { ...transaction, total: '1000.0' }), 'base64')
  const asNumber = text.toString().replace('"total_amount":"1000.0"', '"total_amount":1000.0')
  const answer = await esewaReturns(Buffer.from(asNumber).toString('base64'))
  expect([answer.status, ...(await stands(person, payment.id))]).toEqual([303, 50_000, 'paid'])
})

test('[PAY-07] what eSewa did not sign is refused and makes us ask nothing', async () => {
  const { person, payment, transaction } = await atEsewa()
  const asked = esewa.standIn.heard.length
  const good = esewaData(payment.id, transaction)
  const part = ['transaction_code', 'status', 'product_code', 'signed_field_names']
  const rows = [
    '',
    'bm8',
    good.slice(0, 40),
    Buffer.from('[1]').toString('base64'),
    esewaData(payment.id, transaction, { secret: 'another secret' }),
    esewaData(payment.id, transaction, { signs: part }),
    Buffer.from(
      Buffer.from(good, 'base64').toString().replace('"total_amount":"1000"', '"total_amount":"1"'),
    ).toString('base64'),
    esewaData(crypto.randomUUID(), transaction),
    esewaData('no-id', transaction),
    esewaData(payment.id, { ...transaction, total: '10' }),
  ]
  for (const data of rows) {
    const answer = await esewaReturns(data)
    expect([data, answer.status, (await errorOf(answer)).code]).toEqual([
      data,
      400,
      'not_from_gateway',
    ])
  }
  expect(esewa.standIn.heard.length).toBe(asked)
  expect(await stands(person, payment.id)).toEqual([0, 'pending'])
})

test('[PAY-07] every status eSewa tells has its meaning', async () => {
  const rows: [string, string, number][] = [
    ['PENDING', 'pending', 0],
    ['AMBIGUOUS', 'pending', 0],
    ['NOT_FOUND', 'pending', 0],
    ['CANCELED', 'failed', 0],
    ['COMPLETE', 'paid', 500],
    ['FULL_REFUND', 'refunded', 0],
    // How much went back eSewa does not say: a person must look.
    ['PARTIAL_REFUND', 'paid', 500],
  ]
  for (const [status, state, given] of rows) {
    const { person, payment, transaction } = await atEsewa('npr_1000')
    transaction.status = status
    await esewaReturns(esewaData(payment.id, transaction))
    expect([status, ...(await stands(person, payment.id))]).toEqual([status, given, state])
  }
})

test('[PAY-08] Khalti is told the amount in paisa; its lookup gives coins, its return does not', async () => {
  const { person, payment, order } = await atKhalti('npr_5000')
  expect(order).toMatchObject({ amount: 5_000, order: payment.id })
  // Whatever the address says.
  const answer = await khaltiReturns(order.pidx, 'Completed')
  expect([answer.status, ...(await stands(person, payment.id))]).toEqual([303, 0, 'pending'])
  Object.assign(order, { status: 'Completed', transaction: 'txn-1' })
  await expect
    .poll(async () => {
      await Promise.all(Array.from({ length: 10 }, () => khaltiReturns(order.pidx)))
      return await stands(person, payment.id)
    })
    .toEqual([2_500, 'paid'])
  const unknown = await khaltiReturns('nothing')
  expect([unknown.status, (await errorOf(unknown)).code]).toEqual([400, 'not_from_gateway'])
})

test('[PAY-08] every state Khalti tells has its meaning', async () => {
  const rows: [string, string, number][] = [
    ['Initiated', 'pending', 0],
    ['Pending', 'pending', 0],
    ['Something new', 'pending', 0],
    ['Expired', 'expired', 0],
    ['User canceled', 'failed', 0],
    ['Completed', 'paid', 500],
    ['Refunded', 'refunded', 0],
    ['Partially Refunded', 'paid', 500],
  ]
  for (const [status, state, given] of rows) {
    const { person, payment, order } = await atKhalti()
    Object.assign(order, { status, transaction: `txn-${order.pidx}` })
    const answer = await khaltiReturns(order.pidx, status)
    const page = status === 'User canceled' ? 'left' : 'return'
    expect(answer.headers.get('location')).toContain(`/coins/${page}/${payment.id}`)
    expect([status, ...(await stands(person, payment.id))]).toEqual([status, given, state])
    expect((await get(person, payment.id)).needsLook).toBe(false)
  }
})

test('[PAY-05] another amount, and money that paid already, credit nothing', async () => {
  const less = await atKhalti()
  Object.assign(less.order, { status: 'Completed', amount: 999, transaction: 'txn-less' })
  await khaltiReturns(less.order.pidx)
  expect(await stands(less.person, less.payment.id)).toEqual([0, 'failed'])
  // Money was taken: its person is not told that nothing was.
  expect((await get(less.person, less.payment.id)).needsLook).toBe(true)
  const [first, second] = [await atKhalti(), await atKhalti()]
  for (const { order } of [first, second]) {
    Object.assign(order, { status: 'Completed', transaction: 'txn-twice' })
    await khaltiReturns(order.pidx)
  }
  expect(await stands(first.person, first.payment.id)).toEqual([500, 'paid'])
  expect(await stands(second.person, second.payment.id)).toEqual([0, 'failed'])
  const figures = await (await server.fetch('/metrics')).text()
  for (const reason of ['amount_differs', 'transaction_reused']) {
    expect(figures).toContain(`{gateway="khalti",reason="${reason}"} 1`)
  }
  await expectSoundLedger(house.database.url)
})

test('[PAY-12] keys of eSewa and Khalti are in no line of the log and in no answer', () => {
  const log = server.log.join('\n')
  expect(log).not.toContain(esewaKeys.secretKey)
  expect(log).not.toContain(khaltiKeys.secretKey)
})
