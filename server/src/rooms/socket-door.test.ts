import { once } from 'node:events'
import { request } from 'node:http'
import type { Readable } from 'node:stream'
import { matchMaker } from '@colyseus/core'
import { kitLimits, liveRoomId, lobbyRoomId, meRoomId } from '@odeon/rooms'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fillRoom } from '../platform/testing/full-room.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import { handshake, walker, type Walking } from '../platform/testing/walking.ts'

const server = await startTestServer({ allowedOrigins: ['https://friend.example'] })
const ada = await server.register('ada')

const walk = walker(server.url)
const refusedAs = async (walking: Walking) => {
  const { error, status } = await walking.told()
  return { ...error, status, closed: await walking.closed }
}

test('[RUN-63] a socket that asks for its seat itself hears which, and is in the room', async () => {
  const { id } = await server.stream(ada)
  const bob = await server.guest('Bob')
  const one = walk(`streams/${id}/socket?backlog=3`, bob.accessToken)
  const { seat } = await one.told()
  expect(seat).toMatchObject({ name: 'live', roomId: liveRoomId(id) })
  expect(seat!.processId).toBe(matchMaker.processId)
  await one.joined()
  expect(one.socket.protocol).toBe('odeon')
  const room = matchMaker.getLocalRoomById(seat!.roomId)
  const client = room.clients.find(({ sessionId }) => sessionId === seat!.sessionId)
  expect(client?.auth).toMatchObject({ userId: bob.user.id, name: 'Bob', kind: 'guest' })
})

test('[RUN-63] everybody may walk into the lobby, and whoever is signed in into their own room', async () => {
  const visitor = walk('lobby/socket')
  expect((await visitor.told()).seat?.roomId).toBe(lobbyRoomId(matchMaker.processId))
  const own = walk('me/socket', ada.accessToken)
  expect((await own.told()).seat?.roomId).toBe(meRoomId(ada.user.id))
})

test('[RUN-63] a program may send its token as it does elsewhere', async () => {
  const asked = request(`${server.url}/v1/me/socket`, {
    headers: {
      ...handshake,
      authorization: `Bearer ${ada.accessToken}`,
    },
  })
  asked.end()
  const [, socket, head] = (await once(asked, 'upgrade')) as [unknown, Readable, Buffer]
  let heard = head.toString()
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  await vi.waitFor(() => expect(heard).toContain(meRoomId(ada.user.id)))
  asked.destroy()
})

test('[RUN-65] who may not enter is told why, and closed', async () => {
  const { id } = await server.stream(ada)
  const guest = await server.guest()
  const { accessToken: token } = guest
  const final = { closed: 1008 }
  const nobody = '01900000-0000-7000-8000-000000000000'
  expect(await refusedAs(walk(`streams/${id}/socket`))).toMatchObject({
    code: 'unauthenticated',
    status: 401,
    ...final,
  })
  expect(await refusedAs(walk(`streams/${id}/socket`, 'made.up'))).toMatchObject({ status: 401 })
  for (const made of ['made.up', 'x', 'a+b']) {
    expect(await refusedAs(walk('lobby/socket', made))).toMatchObject({ status: 401 })
  }
  expect(await refusedAs(walk(`streams/${nobody}/socket`, token))).toMatchObject({
    code: 'not_found',
    status: 404,
    ...final,
  })
  const values = ['101', '-1', 'x', '', '0x10', '1&backlog=2', '1?x']
  for (const wrong of [...values.map((value) => `backlog=${value}`), 'sessionId=mine']) {
    const walking = walk(`streams/${id}/socket?${wrong}`, token)
    const field = wrong.replace(/=.*/, '')
    expect(await refusedAs(walking)).toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
      status: 400,
      ...final,
    })
  }
  await server.fetch(`/v1/me/blocks/${guest.user.id}`, { method: 'PUT', token: ada.accessToken })
  expect(await refusedAs(walk(`streams/${id}/socket`, token))).toMatchObject({
    code: 'blocked',
    status: 403,
    ...final,
  })
})

test('[RUN-65] of a full room one is told to come again', async () => {
  const { id } = await server.stream(ada)
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  await host.joined()
  onTestFinished(fillRoom(liveRoomId(id)))
  const { accessToken: token } = await server.guest()
  expect(await refusedAs(walk(`streams/${id}/socket`, token))).toMatchObject({
    code: 'room_full',
    status: 503,
    closed: 1013,
  })
})

test('[RUN-65] a foreign page is refused, and a request without an upgrade told what to do', async () => {
  const { accessToken: token } = ada
  const upgrade = (origin: string) =>
    new Promise((resolve, reject) => {
      const asked = request(`${server.url}/v1/me/socket`, {
        headers: {
          origin,
          ...handshake,
          authorization: `Bearer ${token}`,
        },
      })
      asked.on('error', reject)
      asked.on('response', (response) => resolve(response.resume().statusCode))
      asked.on('upgrade', () => {
        asked.destroy()
        resolve(101)
      })
      asked.end()
    })
  expect(await upgrade('https://evil.example')).toBe(403)
  expect(await upgrade('https://friend.example')).toBe(101)
  const plain = await server.fetch('/v1/me/socket', { token })
  expect(plain.status).toBe(426)
  expect(plain.headers.get('upgrade')).toBe('websocket')
  expect(await plain.json()).toMatchObject({ error: { code: 'upgrade_required' } })
})

test('[RUN-66] who walks in holds no seat, however many times; those held elsewhere stay', async () => {
  const { id } = await server.stream(ada)
  const bob = await server.guest()
  const { accessToken: token } = bob
  const ask = () => server.fetch(`/v1/streams/${id}/seat`, { json: {}, token })
  for (let held = 0; held < kitLimits.pendingSeatsMax; held += 1) {
    expect((await ask()).status).toBe(200)
  }
  const walking = Array.from({ length: 4 }, () => walk(`streams/${id}/socket`, token))
  for (const one of walking) await one.joined()
  expect((await ask()).status).toBe(429)
})

test('[RUN-66] a seat whose socket has gone meanwhile is soon free', async () => {
  const { id } = await server.stream(ada)
  const roomId = liveRoomId(id)
  const host = walk(`streams/${id}/socket`, ada.accessToken)
  await host.joined()
  const room = matchMaker.getLocalRoomById(roomId) as unknown as {
    _reserveSeat(sessionId: string, ...more: unknown[]): Promise<boolean>
    _reservedSeats: Record<string, unknown>
  }
  const { accessToken: token } = await server.guest()
  const reserving = room._reserveSeat.bind(room)
  const reserved = new Promise<string>((resolve) => {
    room._reserveSeat = async (sessionId, ...more) => {
      const isKept = await reserving(sessionId, ...more)
      leaving.destroy()
      resolve(sessionId)
      return isKept
    }
  })
  const leaving = request(`${server.url}/v1/streams/${id}/socket`, {
    headers: {
      ...handshake,
      authorization: `Bearer ${token}`,
    },
  })
  leaving.on('error', () => undefined)
  leaving.end()
  const sessionId = await reserved
  room._reserveSeat = reserving
  await vi.waitFor(() => expect(room._reservedSeats[sessionId]).toBeUndefined(), 10_000)
  expect((await server.fetch('/ready')).status).toBe(200)
})

test('[RUN-66] the token is neither sent back nor logged, and the visit is', async () => {
  const { accessToken: token, user } = await server.guest()
  const first = walk('me/socket', token, [])
  expect(await first.closed).toBe(1006)
  const own = walk('me/socket', token)
  expect((await own.told()).seat?.roomId).toBe(meRoomId(user.id))
  expect(server.log.join('')).not.toContain(token)
  const line = server.log.map((text) => JSON.parse(text) as Record<string, unknown>)
  expect(line).toContainEqual(
    expect.objectContaining({ url: '/v1/me/socket', status: 101, userId: user.id, msg: 'request' }),
  )
})
