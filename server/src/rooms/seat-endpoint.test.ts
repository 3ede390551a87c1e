import { matchMaker } from '@colyseus/core'
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { kitLimits, liveRoomId } from '@odeon/rooms'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { fillRoom } from '../platform/testing/full-room.ts'
import { type Person, startTestServer } from '../platform/testing/test-server.ts'
import type { Seat } from './protocol.ts'

const server = await startTestServer()
const ada = await server.register('ada')

const askSeat = (streamId: string, person: Person, json: object = {}) =>
  server.fetch(`/v1/streams/${streamId}/seat`, { json, token: person.accessToken })
const seatOf = async (streamId: string, person: Person, json?: object): Promise<Seat> => {
  const reply = await askSeat(streamId, person, json)
  expect(reply.status).toBe(200)
  return (await reply.json()) as Seat
}
const refusalOf = async (reply: Response) => {
  const { error } = (await reply.json()) as { error: { code: string; retryAfterMs?: number } }
  return { status: reply.status, ...error }
}

/** Takes a seat with an unmodified Colyseus client and waits for the welcome. */
async function sitDown(seat: Seat): Promise<{ room: Room; you: { id: string; role: string } }> {
  const room = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
  onTestFinished(async () => {
    await room.leave()
  })
  const welcome = await new Promise<{ you: { id: string; role: string } }>((resolve) => {
    room.onMessage('*', (type, payload) => {
      if (type === 'room.welcome') resolve(payload as never)
    })
  })
  return { room, you: welcome.you }
}

test('[RUN-10] a seat opens the room; the owner sits as host, everybody else as viewer', async () => {
  const { id } = await server.stream(ada)
  const seat = await seatOf(id, ada)
  expect(seat).toMatchObject({ name: 'live', roomId: liveRoomId(id) })
  expect((await sitDown(seat)).you).toMatchObject({ id: ada.user.id, role: 'host' })
  const guest = await server.guest('Bo')
  expect((await sitDown(await seatOf(id, guest))).you).toMatchObject({ role: 'viewer' })
})

test('[RUN-11] however many ask at the same time, a stream gets one room', async () => {
  const { id } = await server.stream(ada)
  const guests = await Promise.all(Array.from({ length: 20 }, () => server.guest()))
  const opened = vi.fn<() => void>()
  matchMaker.getHandler('live').on('create', opened)
  const seats = await Promise.all(guests.map((guest) => seatOf(id, guest)))
  expect(new Set(seats.map((seat) => seat.roomId))).toEqual(new Set([liveRoomId(id)]))
  expect(new Set(seats.map((seat) => seat.sessionId)).size).toBe(20)
  expect(await matchMaker.query({ roomId: liveRoomId(id) })).toHaveLength(1)
  expect(opened).toHaveBeenCalledOnce()
})

test('[RUN-12] one person holds at most three seats that no socket took', async () => {
  const { id } = await server.stream(ada)
  const guest = await server.guest()
  const replies = await Promise.all(Array.from({ length: 10 }, () => askSeat(id, guest)))
  const statuses = replies.map((reply) => reply.status).sort((a, b) => a - b)
  const { pendingSeatsMax } = kitLimits
  expect(statuses).toEqual([...Array(pendingSeatsMax).fill(200), ...Array(7).fill(429)])
  const refused = replies.find((reply) => reply.status === 429)
  expect(await refusalOf(refused!)).toMatchObject({ code: 'too_many_seats', retryAfterMs: 1_000 })
  // Sitting down frees the place.
  const seats = replies.filter((reply) => reply.ok)
  await sitDown((await seats[0]!.json()) as Seat)
  expect((await askSeat(id, guest)).status).toBe(200)
})

describe('[RUN-13] refusals of a seat are named', () => {
  test('without a token', async () => {
    const { id } = await server.stream(ada)
    const reply = await server.fetch(`/v1/streams/${id}/seat`, { json: {} })
    expect(await refusalOf(reply)).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  test('of a stream that does not exist', async () => {
    const reply = await askSeat('01900000-0000-7000-8000-000000000000', ada)
    expect(await refusalOf(reply)).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('with options that are not valid', async () => {
    const { id } = await server.stream(ada)
    for (const wrong of [{ backlog: 101 }, { backlog: -1 }, { sessionId: 'mine' }]) {
      expect(await refusalOf(await askSeat(id, ada, wrong))).toMatchObject({ code: 'invalid' })
    }
  })

  test('of somebody the host has blocked', async () => {
    const { id } = await server.stream(ada)
    const guest = await server.guest()
    const path = `/v1/me/blocks/${guest.user.id}`
    await server.fetch(path, { method: 'PUT', token: ada.accessToken })
    expect(await refusalOf(await askSeat(id, guest))).toMatchObject({
      status: 403,
      code: 'blocked',
    })
  })

  test('of a stream that is over', async () => {
    const bea = await server.register('bea')
    const { id } = await server.stream(bea)
    const { room } = await sitDown(await seatOf(id, bea))
    await room.request('stream.start', { requestId: 'start-0001' })
    await room.request('stream.end', { requestId: 'end-00001' })
    expect(await refusalOf(await askSeat(id, ada))).toMatchObject({ status: 410, code: 'ended' })
  })

  test('of a room that is full; the place it did not give is not counted', async () => {
    const { id } = await server.stream(ada)
    await sitDown(await seatOf(id, ada))
    onTestFinished(fillRoom(liveRoomId(id)))
    const guest = await server.guest()
    for (let ask = 0; ask < 5; ask += 1) {
      expect(await refusalOf(await askSeat(id, guest))).toMatchObject({
        status: 503,
        code: 'room_full',
      })
    }
  })
})

test('[RUN-14] a seat carries who asks and nothing of the token or the body', async () => {
  const { id } = await server.stream(ada)
  const seat = await seatOf(id, ada, { backlog: 5 })
  const room = matchMaker.getLocalRoomById(seat.roomId) as unknown as {
    _reservedSeats: Record<string, [options: object, auth: object]>
  }
  const [options, auth] = room._reservedSeats[seat.sessionId]!
  expect(options).toEqual({ backlog: 5 })
  expect(auth).toEqual({
    // Which sign-in it came by, so that it ends with that.
    sid: expect.any(String),
    userId: ada.user.id,
    name: ada.user.name,
    kind: 'account',
    platformRole: 'user',
  })
})
