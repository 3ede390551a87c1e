import { ColyseusSDK } from '@colyseus/sdk'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../platform/testing/test-database.ts'
import { type Person, startTestServer } from '../platform/testing/test-server.ts'
import type { Seat } from '../rooms/protocol.ts'
import type { AdminRoom, ListedUser, Overview } from './protocol.ts'

const database = await testDatabase()
const server = await startTestServer({ databaseUrl: database.url })
const admin = await server.register('house_admin')
await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`

const get = async <T>(path: string, as: Person = admin) => {
  const response = await server.fetch(path, { token: as.accessToken })
  return { status: response.status, body: (await response.json()) as T }
}

/** A host in the room of a stream, until the test ends. */
async function enter(host: Person, streamId: string) {
  const seat = await server.fetch(`/v1/streams/${streamId}/seat`, {
    json: {},
    token: host.accessToken,
  })
  const room = await new ColyseusSDK(server.url).consumeSeatReservation((await seat.json()) as Seat)
  onTestFinished(async () => {
    if (room.connection.isOpen) await room.leave()
  })
  await new Promise<void>((resolve) => {
    room.onMessage('*', (type) => type === 'room.welcome' && resolve())
  })
  return room
}

test('[ADM-02] a room is shown as it is at this moment', async () => {
  const host = await server.register('measured')
  const { id } = await server.stream(host, 'Measured stream')
  const room = await enter(host, id)
  await room.request('stream.start', { requestId: crypto.randomUUID() })
  await room.request('chat.send', { requestId: crypto.randomUUID(), text: 'hello' })
  const { status, body } = await get<{ rooms: AdminRoom[] }>('/v1/admin/rooms')
  expect(status).toBe(200)
  const shown = body.rooms.find((one) => one.id === room.roomId)
  expect(shown).toMatchObject({
    kind: 'live',
    title: 'Measured stream',
    channel: 'measured',
    clients: 1,
    tickMs: 0,
    entries: 2,
  })
  expect(shown?.stateBytes).toBeGreaterThan(50)
  expect(shown?.frameMs).toBeGreaterThan(0)
  expect(Math.abs(Date.now() - (shown?.since ?? 0))).toBeLessThan(60_000)
  const overview = await get<Overview>('/v1/admin/overview')
  expect(overview.body.live).toMatchObject({ streams: 1, clients: expect.any(Number) })
  expect(overview.body.live.rooms).toBe(body.rooms.length)
})

test('[ADM-03] people are found by a piece of any of their names, and by what they are', async () => {
  const [ann, bob] = [await server.register('ann_under_score'), await server.register('bobpercent')]
  await database.sql`update users set name = '100% Ann' where id = ${ann.user.id}`
  await database.sql`
    update users set platform_role = 'moderator', suspended_at = now() where id = ${bob.user.id}`
  await database.sql`
    insert into sanctions (id, user_id, kind, by_role, created_at, until) values
      (gen_random_uuid(), ${ann.user.id}, 'timeout', 'house', now(), now() + interval '1 hour')`
  const found = async (query: string) => {
    const { body } = await get<{ users: ListedUser[] }>(`/v1/admin/users?${query}`)
    return body.users.map(({ username }) => username)
  }
  expect(await found('query=0%25 aN')).toEqual(['ann_under_score'])
  expect(await found('query=under_score@odeon')).toEqual(['ann_under_score'])
  expect(await found('query=under%25score')).toEqual([])
  expect(await found('query=BOBPER')).toEqual(['bobpercent'])
  expect(await found('role=moderator')).toEqual(['bobpercent'])
  expect(await found('suspended=true')).toEqual(['bobpercent'])
  expect(await found('role=admin')).toEqual(['house_admin'])
  const { body } = await get<{ users: ListedUser[] }>('/v1/admin/users?query=ann_under')
  expect(body.users[0]).toMatchObject({
    email: 'ann_under_score@odeon.test',
    emailVerified: false,
    sanctions: 1,
    suspended: false,
    channel: null,
  })
})

test('[ADM-03] pages follow each other without a gap or a double', async () => {
  for (let one = 0; one < 5; one += 1) await server.guest(`Pager ${one}`)
  const all = await get<{ users: ListedUser[]; more: boolean }>('/v1/admin/users?query=pager')
  expect(all.body).toMatchObject({ more: false })
  const seen: string[] = []
  for (let more = true, before = ''; more; ) {
    const after = before && `&before=${before}`
    const page = await get<typeof all.body>(`/v1/admin/users?query=pager&limit=2${after}`)
    seen.push(...page.body.users.map(({ id }) => id))
    more = page.body.more
    before = seen.at(-1) ?? ''
  }
  expect(seen).toEqual(all.body.users.map(({ id }) => id))
  expect(seen).toHaveLength(5)
  expect((await get('/v1/admin/users?limit=1000')).status).toBe(400)
})

test('[ADM-04] the house in numbers', async () => {
  const before = (await get<Overview>('/v1/admin/overview')).body
  await server.register('newcomer')
  await server.guest('Passer-by')
  const { body } = await get<Overview>('/v1/admin/overview')
  expect(body.people.signupsToday).toBe(before.people.signupsToday + 1)
  expect(body.people.guestsToday).toBe(before.people.guestsToday + 1)
  expect(body.archive).toMatchObject({ givenUp: 0, failingSince: null })
  expect(body.queues).toEqual({ flags: expect.any(Number), appeals: expect.any(Number) })
  expect(body.process.memoryBytes).toBeGreaterThan(1e6)
})

test('[ADM-05] nobody but an administrator sees the house from inside', async () => {
  const moderator = await server.register('mere_mod')
  await database.sql`update users set platform_role = 'moderator' where id = ${moderator.user.id}`
  const guest = await server.guest()
  for (const path of ['/v1/admin/rooms', '/v1/admin/users', '/v1/admin/overview']) {
    expect((await server.fetch(path)).status, path).toBe(401)
    expect((await get(path, guest)).status, path).toBe(403)
    expect((await get(path, moderator)).status, path).toBe(403)
  }
})
