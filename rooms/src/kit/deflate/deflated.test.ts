// What is deflated for all, read by an ordinary WebSocket client that knows nothing of the kit.
import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { kitLimits } from '../protocol.ts'
import { framesIn, websocketFrame } from '../wire.ts'
import { deflated } from './deflated.ts'
import { FrameBytes } from './frame-bytes.ts'

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Agrees to deflate without a window and writes the bytes it is given. */
async function tell(bytes: Buffer): Promise<Buffer[]> {
  const server = createServer((socket: Socket) => {
    socket.once('data', (request) => {
      const key = /sec-websocket-key: (\S+)/i.exec(request.toString())?.[1]
      const accept = createHash('sha1').update(`${key}${guid}`).digest('base64')
      const extension = 'permessage-deflate; server_no_context_takeover'
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Extensions: ${extension}\r\n\r\n`,
      )
      // The end of what is told: a close frame.
      socket.end(Buffer.concat([bytes, Buffer.from([0x88, 0])]))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const heard: Buffer[] = []
  client.on('message', (data: Buffer) => heard.push(data))
  await once(client, 'close')
  server.close()
  return heard
}

/** Repeats itself about as a state does. */
const repetitive = (bytes: number): Buffer =>
  Buffer.from(
    Array.from({ length: bytes }, (_, at) => `name${at % 97}:score${(at * 31) % 1_009};`).join(''),
  ).subarray(0, bytes)

test('[FRM-13] deflated messages of every size read as they were, between plain ones, in order', async () => {
  const { deflateFromBytes: least, deflateUpToBytes: most } = kitLimits
  const sizes = [0, 1, least - 1, least, 1_000, 2_048, 65_535, 65_536, most, most + 1]
  const payloads = sizes.map(repetitive)
  const frames = deflated(Buffer.concat(payloads.map((payload) => websocketFrame(payload))))
  expect((await tell(frames)).map(String)).toEqual(payloads.map(String))
  const isDeflated = framesIn(frames).map(({ frame }) => frame[0] === 0xc2)
  expect(isDeflated).toEqual(sizes.map((bytes) => bytes >= least && bytes <= most))
})

test('[FRM-13] what deflating would not make smaller stays as it is', async () => {
  const noise = randomBytes(4_096)
  const frames = websocketFrame(noise)
  expect(deflated(frames).equals(frames)).toBe(true)
  expect(await tell(deflated(frames))).toEqual([noise])
})

test('[FRM-13] one frame is deflated once, for those alone who agreed, and thin for the slow', () => {
  const chunk = websocketFrame(repetitive(2_048))
  const thinChunk = websocketFrame(repetitive(1_024))
  let thins = 0
  const thin = () => {
    thins += 1
    return thinChunk
  }
  const frame = { epoch: 1, head: 0, entries: [], patch: undefined, chunk, thin }
  const shared = new FrameBytes(frame, true)
  const count = { thinned: 0 }
  const plain = { isThin: false, takesDeflated: false, audience: undefined }
  const able = { ...plain, takesDeflated: true }
  expect(shared.for(plain, count)).toBe(chunk)
  const first = shared.for(able, count)
  expect(first.byteLength).toBeLessThan(chunk.byteLength / 3)
  expect(shared.for(able, count)).toBe(first)
  const slow = shared.for({ ...able, isThin: true }, count)
  expect(slow.equals(deflated(thinChunk))).toBe(true)
  expect(shared.for({ ...able, isThin: true }, count)).toBe(slow)
  expect(shared.for({ ...plain, isThin: true }, count)).toBe(thinChunk)
  expect([thins, count.thinned]).toEqual([1, 3])
  // Too few for it to pay.
  expect(new FrameBytes(frame, false).for(able, count)).toBe(chunk)
})
