import { ColyseusSDK } from '@colyseus/sdk'
import { expect, test } from 'vitest'
import { testDatabase } from '../platform/testing/test-database.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import type { Seat } from './protocol.ts'

const database = await testDatabase()
const server = await startTestServer({ databaseUrl: database.url })

/** Takes a seat in a stream's room with an unmodified Colyseus client. */
async function enter(streamId: string, token: string) {
  const reply = await server.fetch(`/v1/streams/${streamId}/seat`, { json: {}, token })
  expect(reply.status).toBe(200)
  const client = new ColyseusSDK(server.url)
  const room = await client.consumeSeatReservation((await reply.json()) as Seat)
  const closed = new Promise<number>((resolve) => void room.onLeave((code) => resolve(code)))
  return { room, closed }
}

test('[ACC-19] whoever is suspended is put out of the room at once; the others stay', async () => {
  const [host, admin, bad] = [
    await server.register('host1'),
    await server.register('boss'),
    await server.register('bad'),
  ]
  await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
  const { id } = await server.stream(host)
  const [stays, goes] = [await enter(id, host.accessToken), await enter(id, bad.accessToken)]
  const change = { json: { suspended: true }, token: admin.accessToken, method: 'PATCH' }
  expect((await server.fetch(`/v1/admin/users/${bad.user.id}`, change)).status).toBe(200)
  expect(await goes.closed).toBe(4403)
  const ask = { requestId: 'request-1', text: 'still here' }
  expect(await stays.room.request('chat.send', ask)).toMatchObject({ text: 'still here' })
  await stays.room.leave()
})

test('[CHN-04] whoever a host blocks is put out of their room and of no other', async () => {
  const [host, other, bad] = [
    await server.register('host2'),
    await server.register('host3'),
    await server.register('bad2'),
  ]
  const [own, foreign] = [await server.stream(host), await server.stream(other)]
  const goes = await enter(own.id, bad.accessToken)
  const stays = await enter(foreign.id, bad.accessToken)
  const block = { token: host.accessToken, method: 'PUT' }
  expect((await server.fetch(`/v1/me/blocks/${bad.user.id}`, block)).ok).toBe(true)
  expect(await goes.closed).toBe(4403)
  const ask = { requestId: 'request-1', text: 'still here' }
  expect(await stays.room.request('chat.send', ask)).toMatchObject({ text: 'still here' })
  await stays.room.leave()
})
