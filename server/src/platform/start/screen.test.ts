import { expect, test } from 'vitest'
import type { Config } from '../../config.ts'
import { screenOfFacts, type ScreenFacts } from './screen.ts'

const facts: ScreenFacts = {
  version: '1.2.3',
  url: 'http://localhost:2567',
  storage: 'embedded',
  web: true,
  mail: { kind: 'folder', path: '/data/.odeon/mail' },
  adminClaim: 'one-time-token',
  demo: {
    channels: 12,
    audience: 15,
    stream: { id: 'stream-id', title: 'Rooftop (demo)' },
    accounts: [{ email: 'asha@demo.example', password: 'abcd-efgh', who: 'host' }],
  },
}
const settings = {
  production: false,
  dataDir: '/data/.odeon',
  publicUrl: undefined,
  demo: 'on',
  web: true,
  payments: { sandbox: true },
} as const

test('[RUN-25] one screen says where to open, who to be, what is embedded and how to change it', () => {
  const screen = screenOfFacts(facts, settings)
  expect(screen.split('\n').length).toBeLessThan(26)
  for (const said of [
    'Odeon 1.2.3 is open: http://localhost:2567\n',
    'http://localhost:2567/live/stream-id',
    'asha@demo.example  abcd-efgh  host',
    'DEMO=renew npm start',
    'http://localhost:2567/admin/claim#one-time-token',
    'embedded PostgreSQL',
    'DATABASE_URL=postgres://… npm start',
    '/data/.odeon',
    'npm run reset',
    '/data/.odeon/mail',
    '12 channels, 15 simulated people',
    'DEMO=off npm start',
    'Ctrl-C',
  ]) {
    expect(screen).toContain(said)
  }
})

test('[MAI-02] the screen says where letters go', () => {
  const mail = { kind: 'resend', from: 'Odeon <o@odeon.example>' } as const
  expect(screenOfFacts(facts, settings)).toContain('letters lie in /data/.odeon/mail')
  const carried = screenOfFacts({ ...facts, mail }, settings)
  expect(carried).toContain('carried by Resend')
  expect(carried).toContain('from Odeon <o@odeon.example>')
})

test('[RUN-25] the screen says where coins are bought, and that a sandbox moves no money', () => {
  const coins = (payments: Config['payments']) =>
    /^ {2}Coins +(.*)$/m.exec(screenOfFacts(facts, { ...settings, payments }))?.[1]
  expect(coins({ sandbox: true })).toMatch(/^sandbox: no money moves +off: PAYMENTS_SANDBOX=off/)
  const khalti = { secretKey: 'secret-of-khalti', url: 'https://khalti.com' }
  const stripe = { secretKey: 'sk_1', webhookSecret: 'whsec_1', url: undefined }
  expect(coins({ sandbox: false, khalti, stripe })).toMatch(/^bought at Khalti, Stripe/)
  expect(coins({ sandbox: false })).toMatch(/^nobody can buy any/)
})

test('[RUN-25] what is not there is not promised', () => {
  const later = { ...facts, adminClaim: undefined, storage: 'own' as const, demo: undefined }
  const screen = screenOfFacts(later, {
    ...settings,
    publicUrl: 'https://odeon.example',
  })
  expect(screen).toContain('Odeon 1.2.3 is open: https://odeon.example\n')
  expect(screen).toContain('yours, from DATABASE_URL')
  expect(screen).toContain('DEMO=on npm start')
  expect(screen).not.toMatch(/admin|password|reset/i)
})

test('[RUN-25] passwords that were not made just now cannot be shown; how to get new ones is', () => {
  const screen = screenOfFacts({ ...facts, demo: { ...facts.demo!, accounts: [] } }, settings)
  expect(screen).toContain('Demo accounts  new passwords: DEMO=renew npm start')
})
