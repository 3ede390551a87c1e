/** What sockets may try, those above all that ask for their seat themselves, and do not get. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { matchMaker } from '@colyseus/core'
import { ColyseusSDK } from '@colyseus/sdk'
import { closeCodes, liveRoomId, authOfWalkIn } from '@odeon/rooms'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestServer } from '../platform/testing/test-server.ts'
import { handshake, walker } from '../platform/testing/walking.ts'
import type { Seat } from './protocol.ts'

const server = await startTestServer()
const ada = await server.register('ada')
const walk = walker(server.url)
const lines = Object.entries(handshake)
  .map(([name, value]) => `${name}: ${value}`)
  .join('\r\n')

test('[RUN-65] whoever is refused and stays is cut, at once when it goes on talking', async () => {
  const { host } = new URL(server.url)
  const [name = '', port] = host.split(':')
  const refused = async () => {
    const socket = connect(Number(port), name)
    onTestFinished(() => void socket.destroy())
    socket.write(`GET /v1/me/socket HTTP/1.1\r\nhost: ${host}\r\n${lines}\r\n\r\n`)
    let heard = ''
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')))
    socket.on('error', () => undefined)
    await vi.waitFor(() => expect(heard).toContain('unauthenticated'))
    return { socket, closed: once(socket, 'close') }
  }
  const silent = await refused()
  const loud = await refused()
  const from = performance.now()
  // A ping without a word, as a client masks it.
  loud.socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]))
  await loud.closed
  const loudMs = performance.now() - from
  await silent.closed
  expect(loudMs).toBeLessThan(performance.now() - from)
})

test('[RUN-67] in whichever case its id is written a stream has one room', async () => {
  const { id } = await server.stream(ada)
  const { accessToken: token } = await server.guest()
  const client = new ColyseusSDK(server.url)
  client.auth.token = token
  const big = id.toUpperCase()
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  expect((await host.told()).seat?.roomId).toBe(liveRoomId(id))
  const one = walk(`streams/${big}/socket`, token)
  expect((await one.told()).seat?.roomId).toBe(liveRoomId(id))
  const reply = await server.fetch(`/v1/streams/${big}/seat`, { json: {}, token })
  expect(await reply.json()).toMatchObject({ roomId: liveRoomId(id) })
  const joined = await client.joinById(liveRoomId(big), { backlog: 0 })
  joined.onMessage('*', () => undefined)
  expect(joined.roomId).toBe(liveRoomId(id))
  await joined.leave()
})

test('[RUN-67] a decision about a person reaches them in whichever case they are named', async () => {
  const { id } = await server.stream(ada)
  const bob = await server.guest()
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  await host.joined()
  const one = walk(`streams/${id}/socket`, bob.accessToken)
  await one.joined()
  const path = `/v1/me/blocks/${bob.user.id.toUpperCase()}`
  await server.fetch(path, { method: 'PUT', token: ada.accessToken })
  expect(await one.closed).toBe(closeCodes.removed)
})

test('[RUN-68] the room that writes believes nothing that was found out before', async () => {
  const { id } = await server.stream(ada)
  const roomId = liveRoomId(id)
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  await host.joined()
  const bob = await server.guest()
  const identity = { userId: bob.user.id, name: 'Bob', kind: 'guest', platformRole: 'user' }
  const auth = authOfWalkIn(identity as never, { admission: { role: 'host' }, at: Date.now() })
  const room = (await matchMaker.findRoomsByIds([roomId])).get(roomId)!
  const seat = await matchMaker.reserveSeatFor(room, {}, auth)
  const sat = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
  const welcome = await new Promise((resolve) => {
    sat.onMessage('*', (type, payload) => type === 'room.welcome' && resolve(payload))
  })
  expect(welcome).toMatchObject({ you: { id: bob.user.id, role: 'viewer' } })
  await sat.leave()
})

test('[RUN-69] no seat is taken for a handshake that is none', async () => {
  const { id } = await server.stream(ada)
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  await host.joined()
  const room = matchMaker.getLocalRoomById(liveRoomId(id))
  const reserving = vi.spyOn(room as never, '_reserveSeat')
  const { accessToken } = await server.guest()
  const good: Record<string, string> = {
    ...handshake,
    authorization: `Bearer ${accessToken}`,
  }
  for (const wrong of [
    { upgrade: 'h2c' },
    { 'sec-websocket-version': '12' },
    { 'sec-websocket-key': 'short' },
    { 'sec-websocket-protocol': 'odeon, odeon' },
    { 'sec-websocket-protocol': 'odeon, b(r)' },
  ]) {
    const asked = request(`${server.url}/v1/streams/${id}/socket`, {
      headers: { ...good, ...wrong },
    })
    asked.end()
    const [reply] = (await once(asked, 'response')) as [IncomingMessage]
    reply.resume()
    expect([wrong, reply.statusCode! >= 400]).toEqual([wrong, true])
  }
  expect(reserving).not.toHaveBeenCalled()
})

interface Line {
  level: number
}
const pinoError = 50

test('[TRU-27] sockets that send garbage are counted, and no error is logged', async () => {
  const { id } = await server.stream(ada)
  const { accessToken: token } = await server.guest()
  const counted = async () => {
    const text = await (await server.fetch('/metrics')).text()
    const found = /^odeon_broken_sockets_total\{code="WS_ERR_INVALID_OPCODE"\} (\d+)$/m.exec(text)
    return Number(found?.[1] ?? 0)
  }
  const { host, hostname, port } = new URL(server.url)
  for (let sent = 1; sent <= 3; sent += 1) {
    const reply = await server.fetch(`/v1/streams/${id}/seat`, { json: {}, token })
    const { processId, roomId, sessionId } = (await reply.json()) as Seat
    const socket = connect(Number(port), hostname)
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => undefined)
    const target = `/${processId}/${roomId}?sessionId=${sessionId}`
    socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${lines}\r\n\r\n`)
    await once(socket, 'data')
    // A reserved opcode, as no client sends it.
    socket.resume().write(Buffer.from([0x83, 0x80, 0, 0, 0, 0]))
    await vi.waitFor(async () => expect(await counted()).toBe(sent))
  }
  expect(server.log.filter((line) => (JSON.parse(line) as Line).level >= pinoError)).toEqual([])
})
