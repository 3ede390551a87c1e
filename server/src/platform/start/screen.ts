/**
 * The one screen of facts at the end of a start: where to go, who to be, what is on, what is off.
 */
import type { Config } from '../../config.ts'
import type { Mailer } from '../../mail/mailer.ts'

export interface ScreenFacts {
  version: string
  url: string
  storage: 'embedded' | 'own'
  web: boolean
  mail: Mailer['goesTo']
  adminClaim: string | undefined
  demo: DemoFacts | undefined
}

export interface DemoFacts {
  channels: number
  /** Simulated people that come and go in the live stream. */
  audience: number
  stream: { id: string; title: string } | undefined
  /** Only when they were made or renewed just now: passwords are kept nowhere. */
  accounts: { email: string; password: string; who: string }[]
}

type Settings = Pick<Config, 'production' | 'dataDir' | 'publicUrl' | 'demo' | 'web' | 'payments'>

const label = (text: string) => text.padEnd(15)
const row = (name: string, text: string) => `  ${label(name)}${text}`
const fact = (name: string, text: string, how: string) =>
  row(name, how === '' ? text : `${text.padEnd(31)} ${how}`)

export function screenOfFacts(facts: ScreenFacts, settings: Settings): string {
  const url = settings.publicUrl ?? facts.url
  const lines = [
    '',
    `  Odeon ${facts.version} is open: ${url}`,
    '',
    ...demoRows(facts.demo, url),
    ...adminRows(facts.adminClaim, url),
    ...serviceRows(facts, settings),
    '',
    '  Ctrl-C stops it cleanly. Settings: docs/operating.md',
    '',
  ]
  return `${lines.join('\n')}\n`
}

function demoRows(demo: DemoFacts | undefined, url: string): string[] {
  if (!demo) return []
  const { stream, accounts } = demo
  const rows = stream
    ? [row('Live now', stream.title), row('', `${url}/live/${stream.id}`), '']
    : []
  if (accounts.length === 0) {
    return [...rows, row('Demo accounts', 'new passwords: DEMO=renew npm start'), '']
  }
  const width = Math.max(...accounts.map(({ email }) => email.length)) + 2
  return [
    ...rows,
    row('Demo accounts', 'shown this once; new passwords: DEMO=renew npm start'),
    ...accounts.map(({ email, password, who }) =>
      row('', `${email.padEnd(width)}${password}  ${who}`),
    ),
    '',
  ]
}

function adminRows(claim: string | undefined, url: string): string[] {
  if (claim === undefined) return []
  return [
    row('Administrator', 'nobody yet. Sign in, then open this once, within a day:'),
    row('', `${url}/admin/claim#${claim}`),
    '',
  ]
}

function serviceRows(facts: ScreenFacts, settings: Settings): string[] {
  const { storage, web, demo } = facts
  const rows: string[] = []
  if (storage === 'own') rows.push(fact('Database', 'yours, from DATABASE_URL', ''))
  else {
    rows.push(
      fact('Database', 'embedded PostgreSQL', 'your own: DATABASE_URL=postgres://… npm start'),
      fact('', settings.dataDir, 'forget all: npm run reset'),
    )
  }
  if (demo) {
    const text = `${demo.channels} channels, ${demo.audience} simulated people`
    rows.push(fact('Demo', text, 'off: DEMO=off npm start'))
  } else if (!settings.production) {
    rows.push(fact('Demo', 'off', 'on: DEMO=on npm start'))
  }
  rows.push(fact('Web app', web ? 'on' : 'off', web ? '' : 'on: leave WEB out'))
  rows.push(coinsRow(settings.payments), mailRow(facts.mail))
  rows.push(fact('For programs', '/docs /openapi.json', '/health /ready /metrics'))
  return rows
}

function coinsRow({ sandbox, esewa, khalti, stripe }: Settings['payments']): string {
  if (sandbox) {
    return fact('Coins', 'sandbox: no money moves', 'off: PAYMENTS_SANDBOX=off npm start')
  }
  const ways = [esewa && 'eSewa', khalti && 'Khalti', stripe && 'Stripe'].filter(Boolean)
  return ways.length > 0
    ? fact('Coins', `bought at ${ways.join(', ')}`, '')
    : fact('Coins', 'nobody can buy any', 'ways to pay: docs/payments.md')
}

const mailRow = (mail: ScreenFacts['mail']): string =>
  mail.kind === 'folder'
    ? fact('Mail', 'nobody carries it: letters lie in', mail.path)
    : fact('Mail', 'carried by Resend', `from ${mail.from}`)
