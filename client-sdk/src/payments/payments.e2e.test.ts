// Buying coins by the SDK at the sandbox, over a real server.
import { expect, onTestFinished, test } from 'vitest'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { Odeon } from '../index.ts'

const { url } = await startTestServer({ payments: { sandbox: true } })

async function person(username: string) {
  const odeon = new Odeon(url)
  const password = crypto.randomUUID()
  await odeon.auth.register({ username, email: `${username}@odeon.example`, password })
  return odeon
}

test('[PAY-15] a program lists packs, begins a payment once, and sees coins arrive live', async () => {
  const odeon = await person('ann')
  const room = await odeon.me.join()
  onTestFinished(() => room.leave())
  const { packs, gateways } = await odeon.payments.packs()
  expect(gateways).toEqual([{ name: 'sandbox', currencies: ['NPR', 'USD'] }])
  const [pack] = packs
  const ask = { packId: String(pack?.id), gateway: 'sandbox', requestId: 'ask-0001' } as const
  const { payment, way } = await odeon.payments.checkout(ask)
  expect(way?.url).toContain(payment.id)
  expect((await odeon.payments.checkout(ask)).payment.id).toBe(payment.id)
  expect(await odeon.payments.get(payment.id)).toEqual(payment)
  expect(await odeon.payments.sandbox(payment.id, 'pay')).toMatchObject({ state: 'paid' })
  await expect.poll(() => room.state.wallet.coin).toBe(pack?.coins)
  expect(await odeon.payments.check(payment.id)).toMatchObject({ state: 'paid' })
  const { payments, more, coinsOwed } = await odeon.payments.history({ limit: 5 })
  expect([payments.map(({ id }) => id), more, coinsOwed]).toEqual([[payment.id], false, 0])
})

test('[PAY-15] what cannot be bought is refused by name', async () => {
  const odeon = await person('bob')
  const wrong = { packId: 'npr_1', gateway: 'sandbox' } as const
  await expect(odeon.payments.checkout(wrong)).rejects.toMatchObject({ code: 'unknown_pack' })
  const none = { packId: 'npr_1000', gateway: 'khalti' } as const
  await expect(odeon.payments.checkout(none)).rejects.toMatchObject({ code: 'unknown_gateway' })
  const other = crypto.randomUUID()
  await expect(odeon.payments.get(other)).rejects.toMatchObject({ code: 'not_found' })
})
