import { matchMaker } from '@colyseus/core'
import { ColyseusSDK, type MatchMakeError, type Room } from '@colyseus/sdk'
import { meRoomId } from '@odeon/rooms'
import { expect, onTestFinished, test, vi } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { type Person, startTestServer } from '../platform/testing/test-server.ts'
import { realWorld } from '../platform/world.ts'
import { noticeDesk } from '../notices/notices.ts'
import type { Seat } from './protocol.ts'

const database = await testDatabase()
const server = await startTestServer({ databaseUrl: database.url })
const { presence } = matchMaker
const desk = noticeDesk({ database, presence, ...realWorld, log: quietLog })
const bare = {
  kind: 'warning',
  channel: null,
  from: null,
  text: null,
  path: null,
  sanctionId: null,
  until: null,
} as const

interface Sat {
  room: Room
  told: { type: string; payload: Record<string, unknown> }[]
}

async function sit(person: Person, name: 'lobby' | 'me', options: object = {}): Promise<Sat> {
  const client = new ColyseusSDK(server.url)
  client.auth.token = person.accessToken
  const room = await client.joinById(name, options)
  onTestFinished(async () => {
    if (room.connection.isOpen) await room.leave()
  })
  const told: Sat['told'] = []
  await new Promise<void>((resolve) => {
    room.onMessage('*', (type, payload) => {
      told.push({ type: String(type), payload: payload as never })
      if (type === 'room.welcome') resolve()
    })
  })
  return { room, told }
}
const ask = (person: Person, path: string) =>
  server.fetch(path, { json: {}, token: person.accessToken })

test('[LOB-08] anybody enters the lobby, signed in or not, and has nothing to say', async () => {
  const guest = await server.guest('Gil')
  const seat = (await (await ask(guest, '/v1/lobby/seat')).json()) as Seat
  expect(seat).toMatchObject({ name: 'lobby' })
  const { room, told } = await sit(guest, 'lobby')
  expect(room.roomId).toBe(seat.roomId)
  expect(told[0]?.payload).toMatchObject({ you: { role: 'viewer' }, backlog: 0 })
  const refusal = await room.request('chat.send', { text: 'x' }).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ reason: { code: 'unknown_command' } })
  const visitor = await server.fetch('/v1/lobby/seat', { json: {} })
  const sat = await new ColyseusSDK(server.url).consumeSeatReservation(
    (await visitor.json()) as Seat,
  )
  const welcome = await new Promise((resolve) => {
    sat.onMessage('*', (type, payload) => type === 'room.welcome' && resolve(payload))
  })
  expect(welcome).toMatchObject({ you: { name: 'Visitor', role: 'viewer' } })
  await sat.leave()
  const bad = await server.fetch('/v1/lobby/seat', { json: {}, token: 'made up' })
  expect(bad.status).toBe(401)
})

test('[ME-01] a person enters their own room, on every device, and nobody else’s', async () => {
  const [ann, admin] = [await server.register('ann'), await server.register('admin2')]
  await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
  const [one, two] = [await sit(ann, 'me'), await sit(ann, 'me')]
  expect(one.room.roomId).toBe(meRoomId(ann.user.id))
  expect(two.room.roomId).toBe(one.room.roomId)
  for (const other of [await server.guest(), admin]) {
    const client = new ColyseusSDK(server.url)
    client.auth.token = other.accessToken
    const error = await client.joinById(one.room.roomId).catch((no: MatchMakeError) => no)
    expect(error).toMatchObject({ message: 'not_found', code: 404 })
    // A seat of theirs is turned away by the room itself.
    const room = (await matchMaker.findRoomsByIds([one.room.roomId])).get(one.room.roomId)!
    const auth = { userId: other.user.id, name: 'x', kind: 'account', platformRole: 'admin' }
    const forced = await matchMaker.reserveSeatFor(room, {}, auth)
    const entered = new ColyseusSDK(server.url).consumeSeatReservation(forced)
    await expect(entered).rejects.toMatchObject({ message: 'not_found' })
  }
})

test('[ME-03] what is told reaches each device at once, numbered, and moves the count', async () => {
  const bea = await server.register('bea')
  await desk.notify(bea.user.id, { ...bare, text: 'while away' })
  const [phone, desktop] = [await sit(bea, 'me'), await sit(bea, 'me')]
  await desk.notify(bea.user.id, { ...bare, text: 'now' })
  for (const { room, told } of [phone, desktop]) {
    await vi.waitFor(() => {
      const posted = told.filter(({ type }) => type === 'notice.posted')
      expect(posted.map(({ payload }) => payload.seq)).toEqual([1, 2])
      expect(posted.map(({ payload }) => (payload.notice as { text: string }).text)).toEqual([
        'while away',
        'now',
      ])
      expect(room.state.unread).toBe(2)
    })
  }
})

test('[ME-04] what was told while the room was closed is there by its number when it opens', async () => {
  const cia = await server.register('cia')
  const before = await sit(cia, 'me')
  await desk.notify(cia.user.id, { ...bare, text: 'one' })
  await vi.waitFor(() => expect(before.told.at(-1)?.payload.seq).toBe(1))
  const { epoch } = before.told[0]!.payload as { epoch: number }
  await before.room.leave()
  const roomId = meRoomId(cia.user.id)
  await vi.waitFor(() => expect(matchMaker.getLocalRoomById(roomId)).toBeUndefined())
  for (const text of ['two', 'three']) await desk.notify(cia.user.id, { ...bare, text })
  const after = await sit(cia, 'me', { backlog: 0 })
  expect(after.told[0]?.payload).toMatchObject({ epoch, head: 3 })
  expect(after.room.state.unread).toBe(3)
  const gap = await after.room.request('log.read', { epoch, after: 1 })
  expect(gap).toMatchObject({ recovered: true, to: 3 })
  const posted = after.told.filter(({ type }) => type === 'notice.posted')
  expect(posted.map(({ payload }) => payload.seq)).toEqual([2, 3])
})

test('[ME-05] reading one or all reaches every device, and who comes later sees it read', async () => {
  const dan = await server.register('dan')
  for (const text of ['a', 'b']) await desk.notify(dan.user.id, { ...bare, text })
  const [one, two] = [await sit(dan, 'me'), await sit(dan, 'me')]
  const notices = one.told.filter(({ type }) => type === 'notice.posted')
  const { id } = notices[0]!.payload.notice as { id: string }
  const requestId = 'request-1'
  expect(await one.room.request('notice.read', { requestId, id })).toEqual({ unread: 1 })
  const marked = { type: 'notice.marked', payload: { id, at: expect.any(Number) } }
  await vi.waitFor(() => {
    for (const { told, room } of [one, two]) {
      expect(told).toContainEqual(marked)
      expect(room.state.unread).toBe(1)
    }
  })
  const late = await sit(dan, 'me')
  const seen = late.told.filter(({ type }) => type === 'notice.posted')
  const readAts = () => seen.map(({ payload }) => (payload.notice as { readAt: unknown }).readAt)
  expect(readAts()).toEqual([expect.any(Number), null])
  // Over HTTP it is the same.
  await server.fetch('/v1/me/notices/read', { json: {}, token: dan.accessToken })
  await vi.waitFor(() => expect(two.room.state.unread).toBe(0))
  expect(two.told.at(-1)).toMatchObject({ type: 'notice.marked', payload: { id: null } })
})

test('[ME-06] a hundred notices at the same time come in order, each once, on every device', async () => {
  const eve = await server.register('eve')
  const devices = [await sit(eve, 'me'), await sit(eve, 'me')]
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => desk.notify(eve.user.id, { ...bare, text: `${n}` })),
  )
  for (const { told, room } of devices) {
    await vi.waitFor(() => {
      const posted = told.filter(({ type }) => type === 'notice.posted')
      expect(posted.map(({ payload }) => payload.seq)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 1),
      )
      expect(room.state.unread).toBe(100)
    })
  }
})

test('[RUN-12] seats no socket took are counted over all kinds of rooms together', async () => {
  const guest = await server.guest()
  const { id } = await server.stream(await server.register('fay'))
  const paths = ['/v1/lobby/seat', '/v1/me/seat', `/v1/streams/${id}/seat`, '/v1/lobby/seat']
  const statuses: number[] = []
  for (const path of paths) statuses.push((await ask(guest, path)).status)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('[ACC-19] [ME-02] whoever is suspended leaves lobby and own room too, and does not come back', async () => {
  const [admin, bad] = [await server.register('boss'), await server.register('bad')]
  await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
  const rooms = [await sit(bad, 'lobby'), await sit(bad, 'me')]
  const closed = rooms.map(
    ({ room }) => new Promise<number>((resolve) => void room.onLeave((code) => resolve(code))),
  )
  const change = { json: { suspended: true }, token: admin.accessToken, method: 'PATCH' }
  expect((await server.fetch(`/v1/admin/users/${bad.user.id}`, change)).status).toBe(200)
  expect(await Promise.all(closed)).toEqual([4403, 4403])
  expect((await ask(bad, '/v1/me/seat')).status).toBe(401)
})

test('[ACC-33] logging out everywhere closes sockets in every kind of room, and seats not taken yet', async () => {
  const [ada, gil] = [await server.register('ada_out'), await server.register('gil_out')]
  const { id } = await server.stream(gil)
  const taken = async (path: string, token: string) => {
    const reply = await server.fetch(path, { json: {}, token })
    return (await reply.json()) as Seat
  }
  const live = await new ColyseusSDK(server.url).consumeSeatReservation(
    await taken(`/v1/streams/${id}/seat`, ada.accessToken),
  )
  live.onMessage('*', () => undefined)
  const stays = await sit(gil, 'lobby')
  const rooms = [(await sit(ada, 'lobby')).room, (await sit(ada, 'me')).room, live]
  const closed = rooms.map(
    (room) => new Promise<number>((resolve) => void room.onLeave((code) => resolve(code))),
  )
  const waiting = await taken('/v1/me/seat', ada.accessToken)
  const headers = { 'x-odeon-client': 'program' }
  const out = { method: 'POST', token: ada.accessToken, headers }
  expect((await server.fetch('/v1/auth/logout-everywhere', out)).ok).toBe(true)
  expect(await Promise.all(closed)).toEqual([4401, 4401, 4401])
  await expect(new ColyseusSDK(server.url).consumeSeatReservation(waiting)).rejects.toMatchObject({
    message: 'seat reservation expired.',
  })
  expect((await ask(ada, '/v1/me/seat')).status).toBe(401)
  expect(stays.room.connection.isOpen).toBe(true)
})
