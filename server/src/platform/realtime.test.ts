import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { matchMaker } from '@colyseus/core'
import { ColyseusSDK, type MatchMakeError } from '@colyseus/sdk'
import { liveRoomId } from '@odeon/rooms'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTestServer } from './testing/test-server.ts'

const megabyte = 1024 * 1024
const friend = 'https://friend.example'
const server = await startTestServer({ allowedOrigins: [friend] })
const own = server.url
const ada = await server.register('ada')
const stream = await server.stream(ada)
const roomId = liveRoomId(stream.id)
const takeSeat = async () => {
  const reply = await server.fetch(`/v1/streams/${stream.id}/seat`, {
    json: {},
    token: ada.accessToken,
  })
  return (await reply.json()) as { processId: string; sessionId: string }
}
await takeSeat()

const matchmake = (method: string, room: string, init: RequestInit & { json?: unknown } = {}) =>
  server.fetch(`/matchmake/${method}/${room}`, { method: 'POST', token: ada.accessToken, ...init })
const codeOf = async (reply: Response) =>
  ((await reply.json()) as { error: { code: string } }).error.code

describe('[RUN-15] an unmodified Colyseus client joins by id and comes back by token', () => {
  test('joinById, then reconnect', async () => {
    const client = new ColyseusSDK(own)
    client.auth.token = ada.accessToken
    const room = await client.joinById(roomId, { backlog: 0, colour: 'red' })
    room.onMessage('*', () => undefined)
    expect(room.roomId).toBe(roomId)
    room.reconnection.enabled = false
    const gone = new Promise((resolve) => room.onLeave(resolve))
    room.connection.close(4010)
    await gone
    const again = await vi.waitFor(() => client.reconnect(room.reconnectionToken))
    again.onMessage('*', () => undefined)
    expect(again.sessionId).toBe(room.sessionId)
    await again.leave()
  })

  test('a room that nobody has opened yet is opened', async () => {
    const { id } = await server.stream(ada)
    const reply = await matchmake('joinById', liveRoomId(id), { json: {} })
    expect(await reply.json()).toMatchObject({ name: 'live', roomId: liveRoomId(id) })
  })

  test('its errors carry the code', async () => {
    const client = new ColyseusSDK(own)
    const failure = await client.joinById(roomId).catch((error: MatchMakeError) => error)
    expect(failure).toMatchObject({ message: 'unauthenticated', code: 401 })
    client.auth.token = ada.accessToken
    const missing = liveRoomId('01900000-0000-7000-8000-000000000000')
    for (const room of [missing, 'live_nonsense', 'nowhere']) {
      const error = await client.joinById(room).catch((reason: MatchMakeError) => reason)
      expect(error).toMatchObject({ message: 'not_found', code: 404 })
    }
  })

  test('a made-up reconnection token is refused', async () => {
    for (const room of [roomId, 'nowhere']) {
      const reply = await matchmake('reconnect', room, { json: { reconnectionToken: 'made-up' } })
      expect(reply.status).toBe(404)
    }
  })
})

test('[RUN-16] no other way of matchmaking exists, and Colyseus answers no request itself', async () => {
  for (const method of ['create', 'joinOrCreate', 'join', 'devMode', '__proto__']) {
    const reply = await matchmake(method, 'live', { json: {} })
    expect([method, reply.status]).toEqual([method, 404])
  }
  expect((await server.fetch('/__healthcheck')).status).toBe(404)
  expect((await server.fetch(`/matchmake/joinById/${roomId}`)).status).toBe(404)
  expect(await (await server.fetch('/')).text()).not.toContain('Colyseus')
  expect(matchMaker.controller.exposedMethods).toEqual(['joinById', 'reconnect'])
})

describe('[RUN-17] [S3] a page of another site is refused, over HTTP and over sockets', () => {
  const origins: [name: string, origin: string | undefined, isFine: boolean][] = [
    ['none, as programs do', undefined, true],
    ['our own', own, true],
    ['one on the list', friend, true],
    ['a foreign one', 'https://evil.example', false],
    ['one that ends like ours', `${own}.evil.example`, false],
    ['one that ends like a friend', 'https://not-friend.example', false],
    ['a friend on another port', `${friend}:8443`, false],
    ['null, from a sandboxed frame', 'null', false],
  ]

  test.each(origins)('matchmaking: %s', async (_name, origin, isFine) => {
    const headers = { ...(origin !== undefined && { origin }) }
    const reply = await matchmake('joinById', 'live_nonsense', { json: {}, headers })
    expect(await codeOf(reply)).toBe(isFine ? 'not_found' : 'origin_refused')
    const allowed = reply.headers.get('access-control-allow-origin')
    expect(allowed).toBe(isFine ? (origin ?? null) : null)
    if (!isFine) expect(reply.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test.each(origins)('preflight: %s', async (_name, origin, isFine) => {
    const headers = {
      ...(origin !== undefined && { origin }),
      'access-control-request-method': 'POST',
    }
    const reply = await matchmake('joinById', roomId, { method: 'OPTIONS', headers })
    expect(reply.headers.get('access-control-allow-origin')).toBe(isFine ? (origin ?? null) : null)
  })

  test.each(origins)('upgrade: %s', async (_name, origin, isFine) => {
    const { processId, sessionId } = await takeSeat()
    const status = await upgrade(`/${processId}/${roomId}?sessionId=${sessionId}`, {
      ...(origin !== undefined && { origin }),
    })
    expect(status).toBe(isFine ? 101 : 403)
  })
})

/** Status of a WebSocket upgrade; an accepted one is closed at once. */
async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const asked = request(own + path, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  })
  asked.end()
  return await new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
  })
}

describe('[RUN-18] [S5] bodies of matchmaking are JSON of at most 64 KiB', () => {
  test('a larger one is refused before anybody is asked for a token', async () => {
    const body = JSON.stringify({ backlog: 0, padding: 'x'.repeat(65 * 1024) })
    const headers = { 'content-type': 'application/json' }
    const reply = await matchmake('joinById', roomId, { body, headers })
    expect(reply.status).toBe(413)
    expect(await codeOf(reply)).toBe('too_large')
  })

  test('64 MB without a length and without a token do not stay in memory', async () => {
    const sending = request(`${own}/matchmake/joinById/${roomId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    })
    const status = new Promise((resolve, reject) => {
      sending.on('response', (response) => resolve(response.resume().statusCode))
      sending.on('error', reject)
    })
    const memory = () => process.memoryUsage().external + process.memoryUsage().heapUsed
    const before = memory()
    const chunk = Buffer.alloc(64 * 1024, 'x')
    let peak = 0
    for (let sent = 0; sent < 64 * megabyte && !sending.destroyed; sent += chunk.length) {
      const moved = new Promise((resolve) => sending.once('drain', resolve).once('close', resolve))
      if (!sending.write(chunk)) await moved
      await turn()
      peak = Math.max(peak, memory() - before)
    }
    sending.end()
    expect(await status).toBe(413)
    expect(peak).toBeLessThan(20 * megabyte)
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'])(
    'a form as %s is refused',
    async (type) => {
      const headers = { 'content-type': type }
      const reply = await matchmake('joinById', roomId, { body: 'backlog=5', headers })
      expect([reply.status, await codeOf(reply)]).toEqual([415, 'unsupported_media_type'])
    },
  )

  test('broken JSON is refused without a word about the inside', async () => {
    const headers = { 'content-type': 'application/json' }
    const reply = await matchmake('joinById', roomId, { body: '{"backlog":', headers })
    expect(await reply.text()).not.toMatch(/SyntaxError|position|at /)
    expect(reply.status).toBe(400)
  })
})

test('[RUN-19] a reply far larger than 64 KiB arrives whole, and its connection stays usable', async () => {
  const owners = Array.from({ length: 30 }, (_, index) => `owner_${index}`)
  const about = 'नमस्ते '.repeat(280)
  await Promise.all(
    owners.map(async (name) => {
      const { accessToken: token } = await server.register(name)
      await server.fetch('/v1/streams', { json: { title: 'Mine' }, token })
      await server.fetch(`/v1/channels/${name}`, { method: 'PATCH', json: { about }, token })
    }),
  )
  const { hostname, port } = new URL(own)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  const ask = (path: string, connection: string) =>
    `GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: ${connection}\r\n\r\n`
  const channels = ask('/v1/channels?limit=100', 'keep-alive')
  socket.write(channels + channels + ask('/health', 'close'))
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await once(socket, 'close')
  const replies = Buffer.concat(chunks)
    .toString()
    .split(/(?=HTTP\/1\.1 \d)/)
  expect(replies).toHaveLength(3)
  const bodies = replies.map((reply) => reply.slice(reply.indexOf('\r\n\r\n') + 4))
  expect(Buffer.byteLength(bodies[0] ?? '')).toBeGreaterThan(2 * 64 * 1024)
  expect(JSON.parse(bodies[0] ?? '')).toEqual(JSON.parse(bodies[1] ?? ''))
  expect(JSON.parse(bodies[2] ?? '')).toMatchObject({ status: 'ok' })
})

test('[RUN-20] [S4] forwarded addresses of a stranger are not believed, sockets included', async () => {
  const headers = { 'x-forwarded-for': '9.9.9.9', 'x-real-ip': '9.9.9.9', 'x-client-ip': '9.9.9.9' }
  const { processId, sessionId } = await takeSeat()
  expect(await upgrade(`/${processId}/${roomId}?sessionId=${sessionId}`, headers)).toBe(101)
  await matchmake('joinById', roomId, { json: {}, headers })
  expect(server.log.join('')).not.toContain('9.9.9.9')
})

test('[RUN-21] a socket for a room or a seat that does not exist closes and harms nobody', async () => {
  const { processId } = await takeSeat()
  for (const path of [
    `/${processId}/${roomId}?sessionId=made-up`,
    `/${processId}/nowhere?sessionId=made-up`,
    '/__proto__/constructor?sessionId=x',
    '/%00/%ff',
  ]) {
    const socket = new WebSocket(own.replace('http', 'ws') + path)
    await once(socket, 'close')
  }
  expect((await server.fetch('/ready')).status).toBe(200)
})

test('[TRU-22] an upgrade whose address is no path answers 400 and harms nobody', async () => {
  for (const address of ['*:99999', '*@[:', '*', 'http://a:99999/']) {
    expect([address, statusIn(await rawAsk(address, true))]).toEqual([address, 400])
  }
  expect((await server.fetch('/health')).status).toBe(200)
})

test('[TRU-24] a request whose address is no path passes nothing by', async () => {
  for (const address of ['http://[/v1/streams', 'http://a:99999/v1/streams', '*', '*:99999']) {
    const head = await rawAsk(address)
    expect([400, 404], address).toContain(statusIn(head))
    expect(head).toMatch(/x-request-id: /i)
    expect(head).toMatch(/content-security-policy: /i)
  }
  expect(statusIn(await rawAsk('http://elsewhere.example/health?x'))).toBe(400)
  expect(statusIn(await rawAsk('http://elsewhere.example/health'))).toBe(200)
  expect((await server.fetch('/v1/channels/a%00b')).status).toBe(400)
})

/** The head of the answer to a request line as it stands here, sent without any client's care. */
async function rawAsk(address: string, upgrade = false): Promise<string> {
  const { hostname, port } = new URL(own)
  const socket = connect(Number(port), hostname)
  const lines = [`GET ${address} HTTP/1.1`, `Host: ${hostname}:${port}`]
  if (upgrade) {
    lines.push('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13')
    lines.push('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')
  }
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return head.toString()
}

function statusIn(head: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1])
}
