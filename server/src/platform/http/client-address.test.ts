import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clientAddress, networkOf } from './client-address.ts'
import { endpoint } from './endpoint.ts'
import { testApp } from './testing.ts'

const trusted = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8']

function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage
}

test.each<[string, string, string, string]>([
  ['a stranger who forwards', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['a single trusted address', '192.0.2.7', '198.51.100.1', '198.51.100.1'],
  ['its neighbour', '192.0.2.8', '198.51.100.1', '192.0.2.8'],
  ['a proxy seen over IPv6', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['a trusted IPv6 proxy', 'fd00::1', '2001:db8::5', '2001:db8::5'],
  ['two proxies in a row', '10.1.2.3', '198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['a client who lies to a proxy', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['a proxy that says nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['a proxy that says nothing', '10.1.2.3', '', '10.1.2.3'],
  ['only proxies', '10.1.2.3', '10.9.9.9', '10.9.9.9'],
])('[HTP-11] %s', (_, peer, forwardedFor, ip) => {
  const address = clientAddress(trusted)
  expect(address.ip(request(peer, { 'x-forwarded-for': forwardedFor }))).toBe(ip)
})

test('[HTP-11] x-real-ip and the like are never read', () => {
  const headers = { 'x-real-ip': '1.1.1.1', 'x-client-ip': '1.1.1.1', forwarded: 'for=1.1.1.1' }
  expect(clientAddress(trusted).ip(request('10.1.2.3', headers))).toBe('10.1.2.3')
})

test('[HTP-11] https is believed from a trusted proxy only', () => {
  const headers = { 'x-forwarded-proto': 'https' }
  expect(clientAddress(trusted).https(request('10.1.2.3', headers))).toBe(true)
  expect(clientAddress(trusted).https(request('203.0.113.9', headers))).toBe(false)
})

test('[HTP-11] a public address on https settles the scheme', () => {
  const https = (publicUrl: string) => clientAddress([], publicUrl).https(request('203.0.113.9'))
  expect([https('https://odeon.example'), https('http://odeon.example')]).toEqual([true, false])
})

test.each(['10.0.0.0/33', 'proxy', '10.0.0.0/x', '', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129'])(
  '[HTP-11] the trusted proxy %j is refused at start',
  (range) => {
    expect(() => clientAddress([range])).toThrow('is not an IP address or a CIDR range')
  },
)

const where = endpoint(
  { method: 'GET', path: '/ip', summary: '', auth: 'none', reply: z.object({ ip: z.string() }) },
  (ctx) => ({ ip: ctx.ip }),
)
const spoofed = { 'x-forwarded-for': '198.51.100.1', 'x-request-id': 'from-the-proxy-1' }

test('[HTP-11] spoofed headers over a real socket change nothing', async () => {
  const app = await testApp({ endpoints: [where] })
  const response = await app.fetch('/ip', { headers: spoofed })
  expect(await response.json()).toEqual({ ip: '127.0.0.1' })
})

test('[HTP-04] a trusted proxy may name the client and the request', async () => {
  const app = await testApp({ endpoints: [where], trustedProxies: ['127.0.0.1'] })
  const response = await app.fetch('/ip', { headers: spoofed })
  expect(await response.json()).toEqual({ ip: '198.51.100.1' })
  expect(response.headers.get('x-request-id')).toBe('from-the-proxy-1')
  const odd = await app.fetch('/ip', { headers: { 'x-request-id': 'a b"c' } })
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('[HTP-12] limits count %s as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
