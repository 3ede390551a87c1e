import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, Socket } from 'node:net'
import { Protocol } from '@colyseus/core'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { liveRoomId } from '../live/room-id.ts'
import { openRaw, reserve } from '../testing/raw-socket.ts'
import { startRoomServer } from '../testing/room-server.ts'

interface Corked {
  _writev(chunks: unknown[], done: () => void): void
}

const server = await startRoomServer()
afterAll(() => server.stop())

test('[FRM-19] the answer to a handshake and the confirmation of the join leave in one write', async () => {
  await server.openStream('one-write', 'host')
  const { processId, roomId, sessionId } = await reserve(
    server.url,
    liveRoomId('one-write'),
    'user:ann',
  )
  const { hostname, port, host } = new URL(server.url)
  const together = vi.spyOn(Socket.prototype as unknown as Corked, '_writev')
  const socket = connect(Number(port), hostname)
  onTestFinished(() => {
    socket.destroy()
    together.mockRestore()
  })
  const heading = [
    `GET /${processId}/${roomId}?sessionId=${sessionId} HTTP/1.1`,
    `host: ${host}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
  ]
  socket.write(`${heading.join('\r\n')}\r\n\r\n`)
  const [first] = (await once(socket, 'data')) as [Buffer]
  expect(together.mock.calls.map(([chunks]) => chunks.length)).toEqual([2])
  const end = first.indexOf('\r\n\r\n') + 4
  expect(first.subarray(0, end).toString()).toMatch(/^HTTP\/1\.1 101 /)
  const frame = first.subarray(end)
  // A binary frame whose length stands in two bytes.
  expect([...frame.subarray(0, 2)]).toEqual([0x82, 126])
  expect(frame.byteLength).toBe(4 + frame.readUInt16BE(2))
  expect(frame[4]).toBe(Protocol.JOIN_ROOM)
})

test('[FRM-19] what Colyseus says to a client itself is written as everything else is', async () => {
  await server.openStream('own-words', 'host')
  const peer = await openRaw(server.url, liveRoomId('own-words'), 'user:ben')
  onTestFinished(() => peer.ws.terminate())
  peer.confirm()
  const [client] = server.room('own-words').clients
  const sent = vi.spyOn(client?.ref as unknown as WebSocket, 'send')
  const heard = new Promise<Buffer>((resolve) => {
    peer.ws.on('message', (message: Buffer) => {
      if (message[0] === Protocol.PING) resolve(message)
    })
  })
  peer.send(new Uint8Array([Protocol.PING]))
  expect([...(await heard)]).toEqual([Protocol.PING])
  expect(sent).not.toHaveBeenCalled()
})
