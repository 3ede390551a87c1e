import { randomBytes } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { matchMaker } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { frontUpgrades } from '../realtime/upgrades.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { clientAddress } from './client-address.ts'
import { endpoint } from './endpoint.ts'
import { originPolicy } from './origins.ts'
import { errorOf, testApp } from './testing.ts'

const listed = 'https://watch.example'
const greet = endpoint(
  { method: 'POST', path: '/greet', summary: '', auth: 'none', reply: z.object({}) },
  () => ({}),
)
const keep = endpoint(
  {
    method: 'POST',
    path: '/keep',
    summary: '',
    auth: 'none',
    usesCookies: true,
    reply: z.object({ cookie: z.string().nullable() }),
  },
  (ctx) => {
    ctx.setCookie('kept', 'a-b', { path: '/keep', maxAgeSeconds: 60 })
    return { cookie: ctx.cookies.kept ?? null }
  },
)
const app = await testApp({
  endpoints: [greet, keep],
  allowedOrigins: [listed],
  trustedProxies: ['127.0.0.1'],
})
const own = app.url

const table: [origin: string, allowed: boolean][] = [
  [own, true],
  [listed, true],
  ['http://watch.example', false],
  ['https://watch.example.evil.test', false],
  ['https://evil.test', false],
  [`${own}.evil.test`, false],
  [`http://evil.test/${new URL(own).host}`, false],
  [`http://${new URL(own).host}@evil.test`, false],
  [`http://127.0.0.1:1`, false],
  ['null', false],
  ['', false],
]

test.each(table)('[HTP-10] a page of %j over HTTP: %s', async (origin, allowed) => {
  const response = await app.fetch('/greet', { method: 'POST', headers: { origin } })
  expect(response.status).toBe(allowed ? 200 : 403)
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null)
  expect(response.headers.get('access-control-allow-credentials')).toBe(allowed ? 'true' : null)
  expect(response.headers.get('vary')).toContain('Origin')
  if (!allowed) expect((await errorOf(response)).code).toBe('origin_refused')
})

test.each(table)('[HTP-10] the preflight of %j: %s', async (origin, allowed) => {
  const headers = { origin, 'access-control-request-method': 'POST' }
  const response = await app.fetch('/greet', { method: 'OPTIONS', headers })
  expect(response.status).toBe(allowed ? 204 : 403)
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null)
  if (allowed) {
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
  }
})

test('[HTP-10] a program, which names no origin, is served', async () => {
  expect((await app.fetch('/greet', { method: 'POST' })).status).toBe(200)
})

const policy = originPolicy([listed])
const server = createServer()
const transport = new WebSocketTransport({ server })
frontUpgrades({ http: server, transport, origins: policy, address: clientAddress(), log: quietLog })
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const socketHost = `127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  transport.shutdown()
  server.closeAllConnections()
})

/** 101 when the handshake was completed, else the status that answered it. */
function upgrade(origin?: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const asking = request(`http://${socketHost}/process/room`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...(origin !== undefined && { origin }),
    },
  })
  asking.on('response', (response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
  asking.on('upgrade', (response, socket) => {
    socket.destroy()
    resolve(response.statusCode ?? 0)
  })
  asking.on('error', reject).end()
  return promise
}

test.each(table.filter(([origin]) => origin !== ''))(
  '[HTP-10] a WebSocket from a page of %j: %s',
  async (origin, allowed) => {
    const host = origin === own ? `http://${socketHost}` : origin
    expect(await upgrade(host)).toBe(allowed ? 101 : 403)
  },
)

test('[HTP-10] a WebSocket of a program, which names no origin, is accepted', async () => {
  expect(await upgrade()).toBe(101)
})

test("[HTP-10] Colyseus' own matchmaking headers follow the same list", () => {
  const headers = (origin: string) => new Headers({ host: 'odeon.example', origin })
  const stock = matchMaker.controller.getCorsHeaders(headers('https://evil.test'))
  expect(stock['Access-Control-Allow-Origin']).toBe('https://evil.test')
  expect(policy.matchmakeCorsHeaders(headers('https://evil.test'))).toEqual({ vary: 'Origin' })
  expect(policy.matchmakeCorsHeaders(headers('https://odeon.example'))).toMatchObject({
    'access-control-allow-origin': 'https://odeon.example',
  })
})

test.each(['watch.example', 'https://watch.example/path', '*', 'null', ''])(
  '[HTP-10] %j in the list of origins is refused at start',
  (text) => {
    expect(() => originPolicy([text])).toThrow('is not an origin')
  },
)

const cookie = 'kept=a-b'
test.each<[string, Record<string, string>, number]>([
  ['a cookie and no reason to trust it', { cookie }, 403],
  ['a cookie and a foreign page', { cookie, origin: 'https://evil.test' }, 403],
  ['a cookie and our header', { cookie, 'x-odeon-client': 'program' }, 200],
  ['a cookie and our own page', { cookie, origin: own }, 200],
  ['no cookie, as a program', {}, 200],
  ['no cookie, but from another site', { 'sec-fetch-site': 'cross-site' }, 403],
])('[HTP-14] %s', async (_, headers, status) => {
  const response = await app.fetch('/keep', { method: 'POST', headers })
  expect(response.status).toBe(status)
  if (status === 403) expect(response.headers.get('set-cookie')).toBeNull()
})

test('[HTP-14] cookies are out of reach of scripts and sites, and secure on https', async () => {
  const clear = await app.fetch('/keep', { method: 'POST' })
  const common = 'kept=a-b; Path=/keep; Max-Age=60; HttpOnly; SameSite=Strict'
  expect(clear.headers.get('set-cookie')).toBe(common)
  const headers = { 'x-forwarded-proto': 'https' }
  const encrypted = await app.fetch('/keep', { method: 'POST', headers })
  expect(encrypted.headers.get('set-cookie')).toBe(`${common}; Secure`)
})

test('[HTP-09] every answer forbids what the page does not need', async () => {
  const response = await app.fetch('/greet', { method: 'POST' })
  const policies = response.headers.get('content-security-policy') ?? ''
  expect(policies).toContain("default-src 'self';script-src 'self';")
  expect(policies).toContain("frame-ancestors 'self';object-src 'none';base-uri 'self'")
  expect(policies).not.toMatch(/unsafe|https?:|\*|upgrade/)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=(self)'),
    'cache-control': 'no-store',
  })
  expect(response.headers.has('x-powered-by')).toBe(false)
  expect(response.headers.has('strict-transport-security')).toBe(false)
})

test('[HTP-09] https adds HSTS and the upgrade of insecure requests, errors included', async () => {
  const headers = { 'x-forwarded-proto': 'https' }
  const response = await app.fetch('/nowhere', { headers })
  expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/)
  expect(response.headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
})
