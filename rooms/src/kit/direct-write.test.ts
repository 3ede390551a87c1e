import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { queuedBytesOf, writeTo } from './direct-write.ts'

async function pair(): Promise<{ near: Socket; far: Socket }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [near] = (await once(server, 'connection')) as [Socket]
  for (const socket of [near, far]) socket.on('error', () => {})
  onTestFinished(() => {
    near.destroy()
    far.destroy()
    server.close()
  })
  return { near, far }
}

/** A chunk that says which one it is, all the way through. */
const chunk = (n: number): Buffer => Buffer.alloc(40_000, n % 251)

test('[FRM-16] bytes arrive whole and in order, by the stream and past it', async () => {
  const { near, far } = await pair()
  const got: Buffer[] = []
  const sent: Buffer[] = []
  let waited = 0
  // Nobody reads, so the kernel is full soon; what is said then waits in the process.
  for (let n = 0; n < 400; n += 1) {
    const bytes = chunk(n)
    sent.push(bytes)
    if (n % 7 === 3) near.write(bytes)
    else writeTo(near, bytes)
    if (queuedBytesOf(near) > 0) waited += 1
  }
  expect(waited).toBeGreaterThan(100)
  far.on('data', (bytes) => got.push(bytes))
  const length = 400 * 40_000
  await vi.waitFor(() => expect(got.reduce((sum, one) => sum + one.byteLength, 0)).toBe(length))
  expect(Buffer.concat(got).equals(Buffer.concat(sent))).toBe(true)
  await vi.waitFor(() => expect(queuedBytesOf(near)).toBe(0))
  writeTo(near, Buffer.from('and on'))
  await vi.waitFor(() => expect(got.at(-1)?.toString()).toBe('and on'))
})

test('[FRM-16] bytes that wait for a reader who is cut are forgotten', async () => {
  const { near, far } = await pair()
  for (let n = 0; n < 400; n += 1) writeTo(near, chunk(n))
  expect(queuedBytesOf(near)).toBeGreaterThan(0)
  const closed = new Promise((resolve) => near.on('close', resolve))
  far.resetAndDestroy()
  await closed
  writeTo(near, Buffer.from('to nobody'))
  await vi.waitFor(() => expect(queuedBytesOf(near)).toBe(0))
})
