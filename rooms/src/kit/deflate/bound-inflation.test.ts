// What clients deflate, by a hostile hand: bounded in size, form and number, and nothing is kept.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { constants, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { kitLimits } from '../protocol.ts'
import { boundInflation, type Inflater } from './bound-inflation.ts'
import { deflateAgreement, type Extended } from './negotiation.ts'

const heard: Buffer[] = []
const inflaters: (Inflater & { _inflate: unknown; _deflate: unknown })[] = []
let server: WebSocketServer
let client: WebSocket

beforeEach(async () => {
  heard.length = 0
  inflaters.length = 0
  const http = createServer()
  server = new WebSocketServer({
    server: http,
    maxPayload: kitLimits.inboundBytesMax,
    perMessageDeflate: deflateAgreement,
  })
  server.on('connection', (ws) => {
    const inflater = (ws as unknown as Extended)._extensions?.['permessage-deflate']
    if (inflater === undefined) throw new Error('nothing was agreed on')
    boundInflation(ws, inflater)
    inflaters.push(inflater as never)
    ws.on('message', (data: Buffer) => heard.push(data))
    // Each ends in a close, which the tests await.
    ws.on('error', () => {})
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: { threshold: 0 } })
  await once(client, 'open')
})
afterEach(() => {
  client.terminate()
  server.close()
})

const closedWith = async (): Promise<number> => (await once(client, 'close'))[0] as number

/** A masked binary frame, deflated or so it says, written below the client. */
function write(payload: Buffer, { isLast = true, isFirst = true } = {}): void {
  const first = (isLast ? 0x80 : 0) | (isFirst ? 0x42 : 0)
  const head = Buffer.from([first, 0x80 | 126, payload.length >> 8, payload.length & 255])
  const noMask = Buffer.alloc(4)
  const { _socket } = client as unknown as { _socket: Socket }
  _socket.write(Buffer.concat([head, noMask, payload]))
}

const packed = (bytes: Buffer): Buffer =>
  deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)

test('[FRM-15] honest messages arrive whole and in order, and nothing is kept for their socket', async () => {
  const said = Array.from({ length: 50 }, (_, at) => `line ${at} `.repeat(1 + at * 20))
  for (const text of said) client.send(Buffer.from(text))
  await vi.waitFor(() => expect(heard.map(String)).toEqual(said))
  expect(inflaters.map(({ _inflate, _deflate }) => [_inflate, _deflate])).toEqual([[null, null]])
})

test('[FRM-15] a message in fragments is read when its last one is there', async () => {
  const text = 'in three parts '.repeat(40)
  const bytes = packed(Buffer.from(text))
  write(bytes.subarray(0, 5), { isLast: false })
  write(bytes.subarray(5, 9), { isLast: false, isFirst: false })
  expect(heard).toEqual([])
  write(bytes.subarray(9), { isFirst: false })
  await vi.waitFor(() => expect(heard.map(String)).toEqual([text]))
})

test('[FRM-15] few bytes that inflate to many are given up at the bound of a message', async () => {
  const bomb = packed(Buffer.alloc(8 * 1024 * 1024))
  expect(bomb.byteLength).toBeLessThan(kitLimits.inboundBytesMax)
  write(bomb)
  expect(await closedWith()).toBe(1009)
  expect(heard).toEqual([])
})

test('[FRM-15] the largest message there may be is read', async () => {
  write(packed(Buffer.alloc(kitLimits.inboundBytesMax)))
  await vi.waitFor(() => expect(heard.map(({ length }) => length)).toEqual([16 * 1024]))
})

test('[FRM-15] what is no deflated message closes its sender', async () => {
  write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
  expect(await closedWith()).toBe(1007)
  expect(heard).toEqual([])
})

test('[FRM-15] more messages in a second than anybody may send are not inflated', async () => {
  const one = packed(Buffer.from('x'))
  for (let sent = 0; sent < 5 * kitLimits.inflatesPerSecondMax; sent += 1) write(one)
  expect(await closedWith()).toBe(1008)
  // A slow machine lets a few more in while it reads them.
  expect(heard.length).toBeLessThan(3 * kitLimits.inflatesPerSecondMax)
})
