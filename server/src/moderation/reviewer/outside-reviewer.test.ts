// A real stand-in over HTTP that checks the signature, and every way in which it can be away.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { recordingLog } from '../../platform/testing/quiet-log.ts'
import { moderationBench } from '../testing.ts'
import { outsideReviewer } from './outside-reviewer.ts'
import { reviewerLimits } from './reviewer-limits.ts'
import { AddressRefused, checkedUrl, safePost, signatureOf } from './safe-post.ts'

const bench = await moderationBench()
const { sql } = bench.database
const secret = 'a secret of sixteen or more'

type Answer = (body: { text: string }, response: ServerResponse) => void
let answer: Answer
const heard: { signature: unknown; body: string }[] = []

const server = createServer((request: IncomingMessage, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => {
    heard.push({ signature: request.headers['x-odeon-signature'], body })
    answer(JSON.parse(body) as { text: string }, response)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const url = `http://127.0.0.1:${port}/review`
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const { log, lines } = recordingLog()
const safety = { allowLoopback: true }
const reviewer = outsideReviewer({ database: bench.database, log, now: Date.now, safety })
const json =
  (reply: unknown): Answer =>
  (_body, response) =>
    void response.end(JSON.stringify(reply))

beforeEach(() => {
  heard.length = 0
  answer = json({ decision: 'allow' })
})

async function channelWith(more: { timeoutMs?: number; letsThrough?: boolean } = {}) {
  const { channelId } = await bench.house(`rv_${v7().slice(-10)}`)
  const { timeoutMs = 1_000, letsThrough = true } = more
  await sql`
    insert into channel_reviewers (channel_id, url, secret, timeout_ms, lets_through, updated_at)
    values (${channelId}, ${url}, ${secret}, ${timeoutMs}, ${letsThrough}, now())`
  return channelId
}
const line = { id: 'l1', text: 'hello', from: { id: 'u1', name: 'Ann' } }

test('[RVW-01] a reviewer gets the line, signed, and allows, denies or rewrites it', async () => {
  const channelId = await channelWith()
  expect(await reviewer.review(channelId, line)).toEqual({ decision: 'allow' })
  const [{ signature, body }] = heard as [{ signature: string; body: string }]
  expect(signature).toBe(`sha256=${signatureOf(secret, body)}`)
  expect(JSON.parse(body)).toEqual({ ...line, channelId, sentAt: expect.any(Number) })
  answer = json({ decision: 'deny' })
  expect(await reviewer.review(channelId, line)).toEqual({ decision: 'deny' })
  answer = json({ decision: 'rewrite', text: '  h*llo \u202e' })
  expect(await reviewer.review(channelId, line)).toEqual({ decision: 'rewrite', text: 'h*llo' })
})

test('[RVW-01] a channel without a reviewer asks nobody; a change is seen at once', async () => {
  const { channelId } = await bench.house('unreviewed')
  expect(await reviewer.review(channelId, line)).toBeNull()
  expect(await reviewer.has(channelId)).toBe(false)
  await sql`
    insert into channel_reviewers (channel_id, url, secret, timeout_ms, lets_through, updated_at)
    values (${channelId}, ${url}, ${secret}, 500, true, now())`
  reviewer.forget(channelId)
  expect(await reviewer.has(channelId)).toBe(true)
})

test.each<[string, Answer]>([
  ['no answer in time', () => {}],
  ['a fault', (_, response) => void response.writeHead(500).end()],
  ['a redirect', (_, response) => void response.writeHead(302, { location: url }).end()],
  ['no JSON', (_, response) => void response.end('<html>')],
  ['an unknown word', json({ decision: 'maybe' })],
  ['an empty rewriting', json({ decision: 'rewrite', text: ' \u200b ' })],
  ['a flood', (_, response) => void response.end(`"${'x'.repeat(reviewerLimits.replyBytesMax)}"`)],
  ['a cut line', (_, response) => void response.destroy()],
])('[RVW-02] %s counts as away, and the channel decides what that means', async (_what, reply) => {
  answer = reply
  const [open, shut] = [
    await channelWith({ timeoutMs: 200, letsThrough: true }),
    await channelWith({ timeoutMs: 200, letsThrough: false }),
  ]
  const startedAt = Date.now()
  expect(await reviewer.review(open, line)).toEqual({ decision: 'away', letsThrough: true })
  expect(await reviewer.review(shut, line)).toEqual({ decision: 'away', letsThrough: false })
  expect(Date.now() - startedAt).toBeLessThan(5_000)
  expect(heard).toHaveLength(2)
  expect(JSON.stringify(lines)).not.toContain(secret)
})

test('[RVW-04] only so many are asked at the same time; the others are told at once', async () => {
  const channelId = await channelWith({ letsThrough: false })
  const waiting: ServerResponse[] = []
  answer = (_, response) => void waiting.push(response)
  const { inFlightPerChannelMax } = reviewerLimits
  const asked = Array.from({ length: inFlightPerChannelMax + 5 }, () =>
    reviewer.review(channelId, line),
  )
  await expect.poll(() => waiting.length).toBe(inFlightPerChannelMax)
  for (const response of waiting) response.end('{"decision":"allow"}')
  const decisions = (await Promise.all(asked)).map((verdict) => verdict?.decision)
  expect(decisions.filter((decision) => decision === 'away')).toHaveLength(5)
  answer = json({ decision: 'allow' })
  expect(await reviewer.review(channelId, line)).toEqual({ decision: 'allow' })
})

test.each([
  'http://reviewer.example/',
  'ftp://reviewer.example/',
  'https://user:pass@reviewer.example/',
  'https://reviewer.example:22/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://169.254.169.254/latest/meta-data/',
  'not an address',
])('[RVW-03] %s is refused before anything is asked', (address) => {
  expect(() => checkedUrl(address, { allowLoopback: false })).toThrow(AddressRefused)
})

const post = { url: `https://reviewer.example:${port}/`, body: '{}', secret, timeoutMs: 1_000 }

test.each([
  ['leads home', [{ address: '127.0.0.1', family: 4 }]],
  ['leads to a cloud’s metadata', [{ address: '169.254.169.254', family: 4 }]],
  [
    'leads home among others',
    [
      { address: '1.1.1.1', family: 4 },
      { address: '::1', family: 6 },
    ],
  ],
  ['leads nowhere', []],
])('[RVW-03] a name that %s is refused after it is resolved', async (_what, found) => {
  const lookup = (_host: string, _options: object, done: (e: null, a: typeof found) => void) =>
    done(null, found)
  await expect(safePost({ allowLoopback: false, lookup }, post)).rejects.toThrow('not public')
  expect(heard).toEqual([])
})

test('[RVW-03] a name is resolved once: what was checked is what is connected to', async () => {
  let asked = 0
  const answers = ['127.0.0.1', '169.254.169.254']
  const lookup = (
    _host: string,
    _options: object,
    done: (e: null, a: { address: string; family: number }[]) => void,
  ) => done(null, [{ address: answers[asked++] ?? '', family: 4 }])
  const home = { ...post, url: `http://localhost:${port}/` }
  expect(await safePost({ allowLoopback: true, lookup }, home)).toContain('allow')
  expect(asked).toBe(1)
})
