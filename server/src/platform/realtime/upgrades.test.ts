// Sockets as strangers write them, before any of them reaches a room.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { deflateAgreement } from '@odeon/rooms'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { clientAddress } from '../http/client-address.ts'
import { originPolicy } from '../http/origins.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { handshake } from '../testing/walking.ts'
import { type Entry, frontUpgrades } from './upgrades.ts'

const http = createServer()
/** Short, where the server gives a second. */
const soon = { closeTimeout: 50 }
const transport = new WebSocketTransport({
  server: http,
  pingInterval: 0,
  perMessageDeflate: deflateAgreement,
  ...soon,
})
const broken: string[] = []
const entered: IncomingMessage[] = []
/** What the next socket at `/door` gets. */
let entry: Promise<Entry> = Promise.resolve({ said: 'full', closeWith: 1013 })
frontUpgrades({
  http,
  transport,
  origins: originPolicy(['https://friend.example']),
  address: clientAddress(),
  enter: (request) => {
    if (request.url !== '/door') return undefined
    entered.push(request)
    return entry
  },
  broken: (code) => void broken.push(code),
  log: quietLog,
})
http.listen(0, '127.0.0.1')
await once(http, 'listening')
const { port } = http.address() as AddressInfo
afterAll(() => {
  transport.shutdown()
  http.closeAllConnections()
})

interface Asking {
  socket: Socket
  heard: () => string
  closed: Promise<unknown>
}

function ask(target: string, headers: Record<string, string> = {}, more = ''): Asking {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...handshake, ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')))
  socket.on('error', () => undefined)
  socket.write(`GET ${target} HTTP/1.1\r\n${head}\r\n\r\n${more}`, 'latin1')
  return { socket, heard: () => heard, closed: once(socket, 'close') }
}

const statusOf = async (asking: Asking): Promise<number> => {
  await asking.closed
  return Number(/^HTTP\/1\.1 (\d+)/.exec(asking.heard())?.[1])
}

test.each(['*:99999', '*', 'http://a:99999/'])(
  '[TRU-22] a request to upgrade %s, which is no path, answers 400',
  async (target) => expect(await statusOf(ask(target))).toBe(400),
)

test('[RUN-17] a page of another site is refused by name, and asked for no seat', async () => {
  const foreign = ask('/door', { origin: 'https://evil.example' })
  expect(await statusOf(foreign)).toBe(403)
  expect(foreign.heard()).toContain('origin_refused')
  expect(entered).toEqual([])
})

test('[RUN-69] what is no handshake is answered 400 and gets no seat', async () => {
  for (const [name, wrong] of [
    ['sec-websocket-key', 'short'],
    ['sec-websocket-version', '12'],
  ] as const) {
    expect(await statusOf(ask('/door', { [name]: wrong }))).toBe(400)
  }
  expect(entered).toEqual([])
})

test('[RUN-65] who gets no seat is told so, and cut when it neither leaves nor speaks', async () => {
  const silent = ask('/door')
  await silent.closed
  expect(silent.heard()).toContain('full')
  // A close frame with 1013.
  expect(silent.heard()).toContain('\x88\x02\x03\xf5')
})

test('[RUN-70] a seat for a socket that has gone before it was told is given up', async () => {
  const seated = Promise.withResolvers<Entry>()
  entry = seated.promise
  const giveUp = vi.fn<() => void>()
  const leaving = ask('/door', { origin: 'https://friend.example' })
  await vi.waitFor(() => expect(entered).toHaveLength(2))
  const { socket } = entered.at(-1) as IncomingMessage
  const gone = once(socket, 'end')
  leaving.socket.end()
  await gone
  seated.resolve({ said: 'yours', giveUp, closeWith: 4421 })
  await leaving.closed
  expect(giveUp).toHaveBeenCalledOnce()
  expect(leaving.heard()).toBe('')
})

test('[RUN-79] a seat for a handshake that the library refuses is given up at once', async () => {
  const giveUp = vi.fn<() => void>()
  entry = Promise.resolve({ said: 'yours', giveUp, seatUrl: '/process/room?sessionId=made-up' })
  const unreadable = { 'sec-websocket-extensions': 'permessage-deflate; =' }
  expect(await statusOf(ask('/door', unreadable))).toBe(400)
  expect(giveUp).toHaveBeenCalledOnce()
  await ask('/door').closed
  expect(giveUp).toHaveBeenCalledOnce()
})

test('[RUN-71] a socket without a seat that does not answer its closing is cut', async () => {
  const stranger = ask('/process/room?sessionId=made-up')
  await stranger.closed
  // It was told first: a close frame with 4002.
  expect(stranger.heard()).toContain('\x88\x02\x0f\xa2')
})

test('[TRU-27] what is no WebSocket is counted by its kind', async () => {
  // A reserved opcode, as no client sends it.
  await ask('/process/room?sessionId=made-up', {}, '\x83\x80\0\0\0\0').closed
  expect(broken).toEqual(['WS_ERR_INVALID_OPCODE'])
})
