// Ways to pay as they are set, and what is wrong with them, by name.
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'

const publicUrl = { PUBLIC_URL: 'https://odeon.example' }
const production = {
  ...publicUrl,
  NODE_ENV: 'production',
  JWT_SECRET: 'x'.repeat(32),
  DATABASE_URL: 'postgres://odeon@localhost/odeon',
}

test('[PAY-12] the sandbox is there on one’s own machine and refuses to start in production', () => {
  expect(readConfig({}).payments.sandbox).toBe(true)
  expect(readConfig({ DATABASE_URL: production.DATABASE_URL }).payments.sandbox).toBe(false)
  expect(readConfig(production).payments.sandbox).toBe(false)
  expect(() => readConfig({ ...production, PAYMENTS_SANDBOX: 'on' })).toThrow(
    'PAYMENTS_SANDBOX: expected off in production',
  )
})

test('[PAY-12] the sandbox is never beside a way to pay, nor by default where strangers come', () => {
  const stripe = { STRIPE_SECRET_KEY: 'sk_live_12345678', STRIPE_WEBHOOK_SECRET: 'whsec_12345678' }
  expect(readConfig({ ...publicUrl, ...stripe }).payments.sandbox).toBe(false)
  expect(readConfig(publicUrl).payments.sandbox).toBe(false)
  expect(readConfig({ PUBLIC_URL: 'http://localhost:2567' }).payments.sandbox).toBe(true)
  expect(readConfig({ ...publicUrl, PAYMENTS_SANDBOX: 'on' }).payments.sandbox).toBe(true)
  expect(() => readConfig({ ...publicUrl, ...stripe, PAYMENTS_SANDBOX: 'on' })).toThrow(
    'PAYMENTS_SANDBOX: expected off beside a way to pay',
  )
})

test('[PAY-12] half a way to pay, or a wrong key, is refused by name and never repeated', () => {
  const rows: [Record<string, string>, string][] = [
    [{ STRIPE_SECRET_KEY: 'sk_test_12345678' }, 'STRIPE_WEBHOOK_SECRET: expected with'],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_12345678' }, 'STRIPE_SECRET_KEY: expected with'],
    [{ ESEWA_PRODUCT_CODE: 'EPAYTEST' }, 'ESEWA_SECRET_KEY: expected with'],
    [{ STRIPE_SECRET_KEY: 'pk_test_12345678' }, 'STRIPE_SECRET_KEY: expected the secret key'],
    [{ KHALTI_SECRET_KEY: 'Key 12345678' }, 'KHALTI_SECRET_KEY: expected the secret key'],
    [{ KHALTI_URL: 'khalti.com' }, 'KHALTI_URL: expected an address'],
  ]
  for (const [set, problem] of rows) {
    expect(() => readConfig({ ...publicUrl, ...set })).toThrow(problem)
  }
  expect(() => readConfig({ STRIPE_SECRET_KEY: 'pk_secret_1234' })).not.toThrow('pk_secret_1234')
  expect(() => readConfig({ KHALTI_SECRET_KEY: '0123456789' })).toThrow('PUBLIC_URL: expected')
})

test('[PAY-12] eSewa’s two addresses are one unless told', () => {
  const set = { ...publicUrl, ESEWA_PRODUCT_CODE: 'EPAYTEST', ESEWA_SECRET_KEY: '8gBm/:secret' }
  const url = 'https://epay.esewa.com.np'
  expect(readConfig(set).payments.esewa).toMatchObject({ url, statusUrl: url })
  const test = { ESEWA_URL: 'https://rc-epay.esewa.com.np/' }
  const { esewa } = readConfig({ ...set, ...test }).payments
  expect(esewa).toMatchObject({ statusUrl: 'https://rc-epay.esewa.com.np' })
})
