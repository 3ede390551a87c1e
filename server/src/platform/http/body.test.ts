import { connect } from 'node:net'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { bodyLimits } from './read-body.ts'
import { testApp } from './testing.ts'

const open = endpoint(
  {
    method: 'POST',
    path: '/open',
    summary: 'Takes text from anybody.',
    auth: 'none',
    body: z.object({ text: z.string() }),
    reply: z.object({ length: z.number() }),
  },
  (ctx) => ({ length: ctx.body.text.length }),
)
const guarded = endpoint(
  {
    method: 'POST',
    path: '/guarded',
    summary: 'Takes text from people.',
    auth: 'user',
    body: z.object({ text: z.string() }),
    reply: z.object({}),
  },
  () => ({}),
)
const app = await testApp({ endpoints: [open, guarded] })
const megabyte = 1024 * 1024

/** Sends `bytes` without end in sight, as fast as the server takes them. */
async function flood(path: string, bytes: number, headers: Record<string, string>) {
  const { hostname, port } = new URL(app.url)
  const sending = request({
    hostname,
    port,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  })
  const answered = answerOf(sending)
  const chunk = Buffer.alloc(64 * 1024, 'a')
  let peak = 0
  for (let sent = 0; sent < bytes && !sending.destroyed; sent += chunk.length) {
    if (!sending.write(chunk)) await Promise.race([drained(sending), closed(sending)])
    await turn()
    peak = Math.max(peak, memory())
  }
  sending.end()
  return { ...(await answered), peak }
}

const memory = () => process.memoryUsage().external + process.memoryUsage().heapUsed
const drained = (r: ClientRequest) => new Promise<void>((done) => r.once('drain', () => done()))
const closed = (r: ClientRequest) => new Promise<void>((done) => r.once('close', () => done()))

function answerOf(sending: ClientRequest): Promise<{ status: number; code: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; code: string }>()
  let answer: IncomingMessage | undefined
  sending.on('response', (response) => {
    answer = response
    let text = ''
    response.on('data', (part) => (text += String(part)))
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).error.code }),
    )
  })
  // The server hangs up after its answer; only a hang-up without one is a failure.
  sending.on('error', (error) => answer ?? reject(error))
  return promise
}

test.each([
  ['with its length declared', '/open', { 'content-length': String(64 * megabyte) }],
  ['in chunks', '/open', { 'transfer-encoding': 'chunked' }],
  ['before anybody asked for a token', '/guarded', { 'transfer-encoding': 'chunked' }],
  ['whatever the token', '/guarded', { authorization: 'Bearer x', 'content-length': '67108864' }],
])('[HTP-06] 64 MB %s is refused and memory stays', async (_, path, headers) => {
  const before = memory()
  const answer = await flood(path, 64 * megabyte, headers)
  expect(answer).toMatchObject({ status: 413, code: 'too_large' })
  expect(answer.peak - before).toBeLessThan(20 * megabyte)
})

test('[HTP-06] a body at the limit passes, one byte more does not', async () => {
  const frame = JSON.stringify({ text: '' }).length
  const fits = bodyLimits.bytesMax - frame
  const good = await app.fetch('/open', { method: 'POST', json: { text: 'a'.repeat(fits) } })
  expect(await good.json()).toEqual({ length: fits })
  const bad = await app.fetch('/open', { method: 'POST', json: { text: 'a'.repeat(fits + 1) } })
  expect(bad.status).toBe(413)
})

test('[HTP-06] a client that goes away in the middle of a body leaves nothing behind', async () => {
  const { hostname, port } = new URL(app.url)
  const socket = connect(Number(port), hostname)
  socket.write('POST /open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n')
  socket.write('content-length: 100\r\n\r\n{"text":')
  socket.end()
  await new Promise((resolve) => socket.once('close', resolve).resume())
  await expect
    .poll(() => app.log.some((line) => line.includes('"aborted":true') || line.includes(':408')))
    .toBe(true)
  expect(app.log.filter((line) => line.includes('fault'))).toEqual([])
  const next = await app.fetch('/open', { method: 'POST', json: { text: 'still here' } })
  expect(next.status).toBe(200)
})
