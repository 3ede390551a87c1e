/** LiveKit is believed by its signature and by nothing else. */
import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import { AccessToken } from 'livekit-server-sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Strangers, strangerLimits } from '../../platform/http/strangers.ts'
import { errorOf, testApp } from '../../platform/http/testing.ts'
import { quietLog, recordingLog } from '../../platform/testing/quiet-log.ts'
import { webhookEndpoint } from './webhook-endpoint.ts'
import { HeardOnce } from './heard-once.ts'
import { mintTicket } from './grants.ts'

const at = {
  url: 'http://livekit',
  publicUrl: 'ws://livekit',
  apiKey: 'key',
  apiSecret: 'a secret of at least thirty-two bytes',
}
const heard: string[] = []
let signer: typeof at | undefined = at
const outcomes: string[] = []
const meter = { telling: (outcome: string) => void outcomes.push(outcome) }
let unheard = 0
const open = (log = quietLog) =>
  testApp({
    endpoints: [
      webhookEndpoint({
        signer: () => signer,
        told: (body) => heard.push(body),
        unheard: () => (unheard += 1),
        meter,
        log,
      }),
    ],
  })
const app = await open()

const body = JSON.stringify({ event: 'participant_left', id: 'EV_1', room: { name: 'live_a' } })
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')

async function signed(text: string, { key = at.apiKey, secret = at.apiSecret, ttl = 60 } = {}) {
  const token = new AccessToken(key, secret, { ttl })
  token.sha256 = hashOf(text)
  return await token.toJwt()
}

function tell(
  authorization: string | undefined,
  text = body,
  type = 'application/webhook+json',
  to = app,
) {
  const headers = { 'content-type': type, ...(authorization !== undefined && { authorization }) }
  return to.fetch('/v1/media/webhook', { method: 'POST', headers, body: text })
}

test('[MED-11] what LiveKit signed is heard', async () => {
  heard.length = 0
  expect((await tell(await signed(body))).status).toBe(204)
  expect(heard).toEqual([body])
})

const secret = new TextEncoder().encode(at.apiSecret)
const forgeries: [string, () => Promise<string | undefined>][] = [
  ['without a signature', async () => undefined],
  ['with a signature that is none', async () => 'x.y.z'],
  [
    'signed with another secret',
    () => signed(body, { secret: 'another secret, as long as ours is' }),
  ],
  ['signed in the name of another key', () => signed(body, { key: 'other' })],
  ['signed for another body', () => signed(`${body} `)],
  ['signed too long ago', () => signed(body, { ttl: -60 })],
  [
    'signed without an end',
    () =>
      new SignJWT({ sha256: hashOf(body) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(at.apiKey)
        .sign(secret),
  ],
  [
    'with the ticket of a member',
    async () => {
      const grant = { publish: [], subscribe: true, isHidden: false }
      const person = { id: 'ann', name: 'Ann' }
      const wanted = { roomId: 'live_a', person, tab: 'a', grant, now: Date.now() }
      return (await mintTicket(at, wanted)).token
    },
  ],
  [
    'unsigned, saying so',
    async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const exp = Math.floor(Date.now() / 1_000) + 60
      const claims = { iss: at.apiKey, exp, sha256: hashOf(body) }
      return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`
    },
  ],
]

test.each(forgeries)('[MED-12] a telling %s is refused', async (_name, forge) => {
  heard.length = 0
  const answer = await tell(await forge())
  expect([answer.status, (await errorOf(answer)).code]).toEqual([401, 'unauthenticated'])
  expect(heard).toEqual([])
})

test('[MED-12] an altered body, another type and too large a body are refused', async () => {
  heard.length = 0
  const authorization = await signed(body)
  expect((await tell(authorization, body.replace('live_a', 'live_b'))).status).toBe(401)
  expect((await tell(authorization, body, 'application/json')).status).toBe(415)
  const large = JSON.stringify({ event: 'x'.repeat(70_000) })
  expect((await tell(await signed(large), large)).status).toBe(413)
  expect(heard).toEqual([])
})

test('[MED-34] a telling that is too large is counted, and what it said is looked for, if it is LiveKit’s', async () => {
  const large = JSON.stringify({ event: 'x'.repeat(70_000) })
  const person = { id: 'ann', name: 'Ann' }
  const grant = { publish: [], subscribe: true, isHidden: false }
  const wanted = { roomId: 'live_a', person, tab: 'a', grant, now: Date.now() }
  const { token } = await mintTicket(at, wanted)
  outcomes.length = unheard = 0
  const secret = 'another secret, as long as ours is'
  for (const by of [undefined, 'x.y.z', token, await signed(large, { secret })]) {
    expect((await tell(by, large)).status).toBe(413)
  }
  await vi.waitFor(() => expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'refused')))
  expect(unheard).toBe(0)
  expect((await tell(await signed(large), large)).status).toBe(413)
  await vi.waitFor(() => expect([outcomes.at(-1), unheard]).toEqual(['too_large', 1]))
})

test('[MED-12] without a LiveKit nobody is believed', async () => {
  heard.length = 0
  signer = undefined
  expect((await tell(await signed(body))).status).toBe(401)
  signer = at
  expect(heard).toEqual([])
})

test('[MED-22] an address that fails too often is told to wait, and LiveKit behind it is heard', async () => {
  const { log, lines } = recordingLog()
  const another = await open(log)
  const { triesPerAddressMax } = strangerLimits
  outcomes.length = heard.length = 0
  const statuses: number[] = []
  for (let tries = 0; tries < triesPerAddressMax + 5; tries += 1) {
    statuses.push((await tell('x.y.z', body, undefined, another)).status)
  }
  expect(new Set(statuses.slice(0, triesPerAddressMax))).toEqual(new Set([401]))
  expect(statuses.slice(triesPerAddressMax)).toEqual([429, 429, 429, 429, 429])
  expect((await tell(await signed(body), body, undefined, another)).status).toBe(204)
  expect([heard, outcomes.at(-1), outcomes.length]).toEqual([[body], 'heard', statuses.length + 1])
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
})

test('[MED-22] tries of strangers are logged as a line at the first and their sum a minute later', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { log, lines } = recordingLog()
  const strangers = new Strangers(log, 'LiveKit')
  for (let n = 0; n < 500; n += 1) strangers.failed(`10.0.${n % 2}.1`, new Error('no'))
  expect(strangers.failed('10.0.0.1', undefined)).toBeGreaterThan(0)
  expect(strangers.failed('10.0.7.1', undefined)).toBe(0)
  vi.advanceTimersByTime(strangerLimits.windowMs)
  expect(lines.map(({ facts }) => facts)).toEqual([
    { err: new Error('no'), address: '10.0.0.1' },
    { tries: 502, addresses: 3 },
  ])
  expect(strangers.failed('10.0.0.1', undefined)).toBe(0)
  expect(lines).toHaveLength(3)
})

test('[MED-13] what comes again is known for a time, of as many as may be', () => {
  let now = 1_000
  const heardOnce = new HeardOnce({ keptMs: 100, idsMax: 2, now: () => now })
  expect(['a', 'a', 'b', 'a'].map((id) => heardOnce.isNew(id))).toEqual([true, false, true, false])
  expect(['c', 'b', 'a'].map((id) => heardOnce.isNew(id))).toEqual([true, false, true])
  now += 101
  expect(heardOnce.isNew('b')).toBe(true)
})
