import { TokenRefused } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { limitFigures, rateLimits } from './rate-limits.ts'
import { errorOf, testApp } from './testing.ts'

const general = endpoint(
  { method: 'GET', path: '/general', summary: '', auth: 'none', reply: z.object({}) },
  () => ({}),
)
const guest = endpoint(
  {
    method: 'POST',
    path: '/guest',
    summary: '',
    auth: 'none',
    reply: z.object({}),
    limit: [{ limit: 'guest' }],
  },
  () => ({}),
)
const login = endpoint(
  {
    method: 'POST',
    path: '/login',
    summary: '',
    auth: 'none',
    body: z.object({ account: z.string().toLowerCase() }),
    reply: z.object({}),
    limit: [{ limit: 'general' }, { limit: 'login', by: (body) => body.account }],
  },
  () => ({}),
)
const free = endpoint(
  { method: 'GET', path: '/free', summary: '', auth: 'none', reply: z.object({}), limit: [] },
  () => ({}),
)

const start = (limits: object) =>
  testApp({
    endpoints: [general, guest, login, free],
    limits,
    trustedProxies: ['127.0.0.1'],
    async authenticate(token) {
      if (!token.startsWith('user')) throw new TokenRefused('unknown')
      return { userId: token, name: token, kind: 'account', platformRole: 'user', sid: 's' }
    },
  })

test('[HTP-12] the figures are those of the design', () => {
  expect(limitFigures.parse({})).toEqual({
    windowSeconds: 900,
    anonymousMax: 100,
    signedInMax: 600,
    loginMax: 10,
    guestMax: 60,
    lookupMax: 240,
    paymentMax: 240,
    replayMax: 1500,
  })
})

test('[HTP-12] beyond its limit an address is refused and told when to come back', async () => {
  const app = await start({ anonymousMax: 3, windowSeconds: 60 })
  const ask = (ip: string) => app.fetch('/general', { headers: { 'x-forwarded-for': ip } })
  for (let i = 0; i < 3; i += 1) expect((await ask('198.51.100.1')).status).toBe(200)
  const refused = await ask('198.51.100.1')
  expect(refused.status).toBe(429)
  const error = await errorOf(refused)
  expect(error.code).toBe('rate_limited')
  expect(error.retryAfterMs).toBeGreaterThan(50_000)
  expect(error.retryAfterMs).toBeLessThanOrEqual(60_000)
  expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(error.retryAfterMs! / 1000))
  expect((await ask('198.51.100.2')).status).toBe(200)
})

test('[HTP-12] signed-in people have a limit of their own, wherever they are', async () => {
  const app = await start({ anonymousMax: 1, signedInMax: 2 })
  const ask = (token: string, ip: string) =>
    app.fetch('/general', { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': ip } })
  const statuses = [
    (await ask('user1', '198.51.100.1')).status,
    (await ask('user1', '198.51.100.2')).status,
    (await ask('user1', '198.51.100.3')).status,
    (await ask('user2', '198.51.100.1')).status,
  ]
  expect(statuses).toEqual([200, 200, 429, 200])
})

test('[HTP-12] a bad token counts as anonymous, so tokens cannot be tried at will', async () => {
  const app = await start({ anonymousMax: 2 })
  const ask = (token: string) =>
    app.fetch('/general', { headers: { authorization: `Bearer ${token}` } })
  expect((await ask('x1')).status).toBe(200)
  expect((await ask('x2')).status).toBe(200)
  expect((await ask('x3')).status).toBe(429)
})

test('[HTP-12] logins count per account and address, whatever the case of the name', async () => {
  const app = await start({ loginMax: 2, anonymousMax: 1000 })
  const ask = (account: string, ip: string) =>
    app.fetch('/login', { method: 'POST', json: { account }, headers: { 'x-forwarded-for': ip } })
  const statuses = [
    (await ask('ann', '198.51.100.1')).status,
    (await ask('ANN', '198.51.100.1')).status,
    (await ask('ann', '198.51.100.1')).status,
    (await ask('bob', '198.51.100.1')).status,
    (await ask('ann', '198.51.100.2')).status,
  ]
  expect(statuses).toEqual([200, 200, 429, 200, 200])
})

test('[HTP-12] guests have a limit of their own and health checks have none', async () => {
  const app = await start({ guestMax: 2, anonymousMax: 1 })
  expect((await app.fetch('/general')).status).toBe(200)
  expect((await app.fetch('/general')).status).toBe(429)
  const guests = await Promise.all([1, 2, 3].map(() => app.fetch('/guest', { method: 'POST' })))
  expect(guests.filter((response) => response.status === 429)).toHaveLength(1)
  expect((await app.fetch('/free')).status).toBe(200)
})

test('[HTP-12] neighbours in an IPv6 /64 are counted as one', async () => {
  const limits = rateLimits({ anonymousMax: 1 })
  expect(await limits.take('general', { ip: '2001:db8::1' })).toBe(0)
  expect(await limits.take('general', { ip: '2001:db8::ffff:2' })).toBeGreaterThan(0)
  expect(await limits.take('general', { ip: '2001:db8:0:1::1' })).toBe(0)
})

test.each([0, -1, Infinity, Number.NaN, null, 'off'])(
  '[HTP-13] a limit can be raised but not switched off: %s',
  (anonymousMax) => {
    expect(() => rateLimits({ anonymousMax } as never)).toThrow()
  },
)
