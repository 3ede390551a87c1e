import fc from 'fast-check'
import { WebSocketServer, WebSocket } from 'ws'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it } from 'vitest'
import { readInbound, websocketFrame } from './wire.ts'

it('[FRM-06] frames of every length class are read by an ordinary WebSocket client', async () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (ws) => {
    const socket = (ws as unknown as { _socket: Socket })._socket
    socket.write(Buffer.concat(lengths.map((length) => websocketFrame(Buffer.alloc(length, 7)))))
  })
  await once(server, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const seen: number[] = []
  await new Promise<void>((resolve) => {
    client.on('message', (data: Buffer) => {
      expect(data.every((byte) => byte === 7)).toBe(true)
      if (seen.push(data.byteLength) === lengths.length) resolve()
    })
  })
  client.close()
  server.close()
  expect(seen).toEqual(lengths)
})

it('[KIT-02] whatever bytes come in, reading answers and never throws', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(255),
      fc.boolean(),
      (bytes, code, text) => {
        bytes[0] = code % 24
        expect(readInbound(Buffer.from(bytes), text).kind).toBeTypeOf('string')
      },
    ),
    { numRuns: 5_000 },
  )
  expect(readInbound(Buffer.alloc(0), true).kind).toBe('malformed')
  expect(readInbound('text', false).kind).toBe('malformed')
})
