import { ColyseusSDK } from '@colyseus/sdk'
import { expect, test } from 'vitest'
import { testDatabase } from '../platform/testing/test-database.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import type { Seat } from './protocol.ts'

const database = await testDatabase()
const server = await startTestServer({ databaseUrl: database.url })

test('[ACC-19] whoever is suspended is put out of the room at once; the others stay', async () => {
  const [host, admin, bad] = [
    await server.register('host1'),
    await server.register('boss'),
    await server.register('bad'),
  ]
  await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
  const { id } = await server.stream(host)
  const enter = async (token: string) => {
    const reply = await server.fetch(`/v1/streams/${id}/seat`, { json: {}, token })
    expect(reply.status).toBe(200)
    const client = new ColyseusSDK(server.url)
    const room = await client.consumeSeatReservation((await reply.json()) as Seat)
    const closed = new Promise<number>((resolve) => void room.onLeave((code) => resolve(code)))
    return { room, closed }
  }
  const [stays, goes] = [await enter(host.accessToken), await enter(bad.accessToken)]
  const change = { json: { suspended: true }, token: admin.accessToken, method: 'PATCH' }
  expect((await server.fetch(`/v1/admin/users/${bad.user.id}`, change)).status).toBe(200)
  expect(await goes.closed).toBe(4403)
  const ask = { requestId: 'request-1', text: 'still here' }
  expect(await stays.room.request('chat.send', ask)).toMatchObject({ text: 'still here' })
  await stays.room.leave()
})
