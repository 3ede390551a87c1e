import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { liveRoomId } from '@odeon/rooms'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import type { Seat } from './protocol.ts'

demandRedis()
const patience = { timeout: 90_000 }

interface Person {
  accessToken: string
  user: { id: string; name: string }
}

const join = (at: HouseProcess, username: string): Promise<Person> =>
  at.get('/v1/auth/register', {
    json: { username, email: `${username}@odeon.test`, password: 'correct horse battery' },
  })

async function sit(at: HouseProcess, streamId: string, { accessToken: token }: Person) {
  const seat = await at.get<Seat>(`/v1/streams/${streamId}/seat`, { json: {}, token })
  const room = await new ColyseusSDK(at.url).consumeSeatReservation(seat)
  room.reconnection.enabled = false
  const heard: string[] = []
  room.onMessage('*', (type, body: { text?: string }) => heard.push(body.text ?? String(type)))
  const closed = new Promise<number>((resolve) => void room.onLeave(resolve))
  onTestFinished(async () => {
    if (room.connection.isOpen) await room.leave()
  })
  return { seat, room, heard, closed }
}

const say = (room: Room, text: string) =>
  room.request('chat.send', { requestId: crypto.randomUUID(), text })

describe.runIf(hasRedis)('several processes', () => {
  test('[CLU-01] people who come by different processes meet in one room', patience, async () => {
    const databaseUrl = await testDatabaseUrl()
    const { processes } = await startHouse({ databaseUrl, processes: 2 })
    const [one, two] = processes as [HouseProcess, HouseProcess]
    const [ada, bob] = [await join(one, 'ada'), await join(two, 'bob')]
    const { id } = await one.get<{ id: string }>('/v1/streams', {
      json: { title: 'Two doors' },
      token: ada.accessToken,
    })
    const [host, guest] = [await sit(one, id, ada), await sit(two, id, bob)]
    expect(host.seat.roomId).toBe(liveRoomId(id))
    expect(guest.seat).toMatchObject({ roomId: host.seat.roomId, publicAddress: one.address })
    await say(host.room, 'from one')
    await say(guest.room, 'from two')
    for (const { heard } of [host, guest]) {
      await vi.waitFor(() =>
        expect(heard).toEqual(expect.arrayContaining(['from one', 'from two'])),
      )
    }
  })
})
