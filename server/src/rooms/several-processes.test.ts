import { liveRoomId } from '@odeon/rooms'
import { expect, test, vi } from 'vitest'
import type { AdminRoom, Overview } from '../admin/protocol.ts'
import { openDatabase } from '../platform/database.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import {
  type Guest,
  openStream,
  register,
  say,
  sit,
  takeSeat,
} from '../platform/testing/people-in-house.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import type { Seat } from './protocol.ts'

demandRedis()

/** Two processes, a host who came by the first, and somebody who came by the second. */
async function twoDoors(settings: Record<string, string> = {}) {
  const databaseUrl = await testDatabaseUrl()
  const { processes, redis } = await startHouse({ databaseUrl, processes: 2, settings })
  const [one, two] = processes as [HouseProcess, HouseProcess]
  const [ada, bob] = await Promise.all([register(one, 'ada'), register(two, 'bob')])
  const database = await openDatabase({
    url: databaseUrl,
    log: quietLog,
    schema: { entities: [], migrations: [] },
  })
  await database.sql`update users set platform_role = 'admin' where id = ${ada.user.id}`
  await database.close()
  const streamId = await openStream(one, ada)
  return { one, two, ada, bob, streamId, redis }
}

test.runIf(hasRedis)(
  '[CLU-01] people who come by different processes meet in one room',
  { timeout: 90_000 },
  async () => {
    const { one, two, ada, bob, streamId } = await twoDoors()
    const [host, guest] = [await sit(one, streamId, ada), await sit(two, streamId, bob)]
    expect(host.seat.roomId).toBe(liveRoomId(streamId))
    expect(guest.seat).toMatchObject({ roomId: host.seat.roomId, publicAddress: one.address })
    await say(host.room, 'from one')
    await say(guest.room, 'from two')
    for (const { heard } of [host, guest]) {
      await vi.waitFor(() =>
        expect(heard).toEqual(expect.arrayContaining(['from one', 'from two'])),
      )
    }

    await host.room.request('stream.start', { requestId: 'start-0001' })
    await vi.waitFor(async () => {
      for (const at of [one, two]) {
        expect(await at.get(`/v1/streams/${streamId}`)).toMatchObject({ viewers: 1 })
      }
    }, 10_000)

    for (const at of [one, two]) {
      const token = ada.accessToken
      const { rooms } = await at.get<{ rooms: AdminRoom[] }>('/v1/admin/rooms', { token })
      expect(rooms.map(({ id }) => id)).toEqual([liveRoomId(streamId)])
      const { live } = await at.get<Overview>('/v1/admin/overview', { token })
      expect(live).toMatchObject({ streams: 1, rooms: 1, clients: 2, viewers: 1 })
    }
  },
)

test.runIf(hasRedis)(
  '[CLU-03] [ACC-33] a decision made in one process holds in rooms of the others within a second',
  { timeout: 90_000 },
  async () => {
    const { one, two, ada, bob, streamId } = await twoDoors()
    const [host, guest] = [await sit(one, streamId, ada), await sit(one, streamId, bob)]
    const me = () => one.ask('/v1/me', { token: bob.accessToken })
    expect((await me()).status).toBe(200)
    const from = performance.now()
    const reply = await two.ask(`/v1/admin/users/${bob.user.id}`, {
      method: 'PATCH',
      json: { suspended: true },
      token: ada.accessToken,
    })
    expect(reply.status).toBe(200)
    expect(await guest.closed).toBe(4403)
    await vi.waitFor(async () => expect((await me()).status).not.toBe(200), 1_000)
    expect(performance.now() - from).toBeLessThan(1_000)
    expect(await say(host.room, 'still here')).toMatchObject({ text: 'still here' })

    const eve = await register(two, 'eve')
    const blocked = await sit(one, streamId, eve)
    const path = `/v1/me/blocks/${eve.user.id}`
    expect((await two.ask(path, { method: 'PUT', token: ada.accessToken })).ok).toBe(true)
    expect(await blocked.closed).toBe(4403)

    const fay = await register(two, 'fay')
    const signedIn = await sit(one, streamId, fay)
    const everywhere = { method: 'POST', token: fay.accessToken }
    expect((await two.ask('/v1/auth/logout-everywhere', everywhere)).ok).toBe(true)
    expect(await signedIn.closed).toBe(4401)
  },
)

test.runIf(hasRedis)(
  '[CLU-03] [ACC-34] a sign-in that ends in one process takes what it opened in all of them',
  { timeout: 90_000 },
  async () => {
    const { one, two, bob, streamId } = await twoDoors({ RELAY_FROM_VIEWERS: '0' })
    const json = { email: 'bob@odeon.test', password: 'correct horse battery' }
    const desk = await one.get<Guest>('/v1/auth/login', { json })
    const [phone, other] = [await sit(one, streamId, bob), await sit(two, streamId, desk)]
    const seat = await one.get<Seat>('/v1/me/seat', { json: {}, token: bob.accessToken })
    const from = performance.now()
    const out = { method: 'POST', token: bob.accessToken }
    expect((await two.ask('/v1/auth/logout', out)).ok).toBe(true)
    expect(await phone.closed).toBe(4401)
    expect(performance.now() - from).toBeLessThan(1_000)
    await expect(takeSeat(one, seat)).rejects.toThrow('seat reservation expired.')
    expect(await say(other.room, 'still here')).toMatchObject({ text: 'still here' })

    const gil = await one.get<Guest>('/v1/auth/guest', { json: {} })
    const guest = await sit(two, streamId, gil)
    const account = { username: 'gil', email: 'gil@odeon.test', password: json.password }
    const token = gil.accessToken
    const { accessToken } = await one.get<Guest>('/v1/auth/register', { json: account, token })
    expect(await say(guest.room, 'going on')).toMatchObject({ text: 'going on' })
    expect((await one.ask('/v1/auth/logout', { method: 'POST', token: accessToken })).ok).toBe(true)
    expect(await guest.closed).toBe(4401)
    expect(other.room.connection.isOpen).toBe(true)
  },
)

test.runIf(hasRedis)(
  '[CLU-04] what a decision asks of rooms elsewhere is heard after a Redis that was away, too',
  { timeout: 90_000 },
  async () => {
    const { one, two, ada, bob, streamId, redis } = await twoDoors()
    const [host, guest] = [await sit(one, streamId, ada), await sit(one, streamId, bob)]
    await redis.stop()
    const reply = await two.ask(`/v1/admin/users/${bob.user.id}`, {
      method: 'PATCH',
      json: { suspended: true },
      token: ada.accessToken,
    })
    expect(reply.status).toBe(200)
    expect(guest.room.connection.isOpen).toBe(true)
    await redis.start()
    expect(await guest.closed).toBe(4403)
    await vi.waitFor(() => say(host.room, 'still here'), 5_000)
    expect(host.heard).toContain('still here')
  },
)

test.runIf(hasRedis)(
  '[CLU-05] pending seats and allowances of a person are counted over all processes',
  { timeout: 90_000 },
  async () => {
    const { one, two, bob, streamId } = await twoDoors({ RATE_LIMIT_FACTOR: '0.1' })
    const ask = (at: HouseProcess) =>
      at.ask(`/v1/streams/${streamId}/seat`, { json: {}, token: bob.accessToken })
    const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(n % 2 ? one : two)))
    const given = replies.filter(({ status }) => status === 200)
    expect(given).toHaveLength(3)

    // 60 requests of a signed-in person: a tenth of the usual.
    const more = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 ? one : two).ask('/v1/me', { token: bob.accessToken }),
      ),
    )
    const used = replies.length + more.filter(({ status }) => status === 200).length
    expect(Math.abs(used - 60)).toBeLessThanOrEqual(60 * 0.05)
    expect(more.some(({ status }) => status === 429)).toBe(true)
  },
)
