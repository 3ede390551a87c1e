/** Sign-ins that end in a house of two processes, and what a real LiveKit has of them. */
import { liveRoomId } from '@odeon/rooms'
import { type MediaTicket, personOfMedia } from '@odeon/rooms/protocol'
import { describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../../platform/database.ts'
import {
  type Guest,
  openStream,
  register,
  sit,
  type Sitting,
} from '../../platform/testing/people-in-house.ts'
import { demandRedis, hasRedis } from '../../platform/testing/private-redis.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { type HouseProcess, startHouse } from '../../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../../platform/testing/test-database.ts'
import { roomCalls } from './room-calls.ts'
import { nodePeer } from './testing/node-peer.ts'
import { demandLiveKit, hasLiveKit, privateLiveKit } from './testing/private-livekit.ts'
import { signalPeer } from './testing/signal-peer.ts'

demandLiveKit()
demandRedis()

/** Nothing is told there: what ends is not found out from LiveKit. */
const nowhere = 'http://127.0.0.1:9/'
const soon = { timeout: 5_000, interval: 10 }

async function carriedHouse() {
  const livekit = await privateLiveKit(nowhere)
  const databaseUrl = await testDatabaseUrl()
  const settings = {
    RELAY_FROM_VIEWERS: '0',
    MEDIA: 'on',
    LIVEKIT_URL: livekit.url,
    LIVEKIT_PUBLIC_URL: livekit.publicUrl,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
  }
  const { processes } = await startHouse({ databaseUrl, processes: 2, settings })
  const [one, two] = processes as [HouseProcess, HouseProcess]
  const ada = await register(one, 'ada')
  const schema = { entities: [], migrations: [] }
  const database = await openDatabase({ url: databaseUrl, log: quietLog, schema })
  await database.sql`update users set platform_role = 'admin' where id = ${ada.user.id}`
  await database.close()
  const streamId = await openStream(one, ada)
  const host = await sit(one, streamId, ada)
  const { people } = roomCalls(livekit)
  const there = async () =>
    (await people(liveRoomId(streamId))).map(({ identity }) => personOfMedia(identity)).sort()
  return { livekit, one, two, ada, host, streamId, there }
}

const ask = async <T>({ room }: Sitting, command: string, message: object = {}): Promise<T> =>
  (await room.request(command, { requestId: crypto.randomUUID(), ...message })) as T
const ticket = (of: Sitting) =>
  vi.waitFor(() => ask<MediaTicket>(of, 'media.ticket', { tab: 'a' }), { timeout: 20_000 })

describe.runIf(hasLiveKit && hasRedis)('people who are signed out', () => {
  test('[AUD-17] are soon gone from LiveKit, wherever they sat and whether they still do', {
    timeout: 120_000,
  }, async () => {
    const { livekit, one, two, ada, host, streamId, there } = await carriedHouse()
    await ask(host, 'stream.start')
    const names = ['bob', 'cia', 'dan', 'eve']
    const people = await Promise.all(names.map((name) => register(two, name)))
    const [bob, cia, dan, eve] = people as [Guest, Guest, Guest, Guest]
    const account = { email: 'bob@odeon.test', password: 'correct horse battery' }
    const desk = await one.get<Guest>('/v1/auth/login', { json: account })
    const seats = []
    for (const who of people) seats.push(await sit(two, streamId, who))
    const [bobs, cias, dans] = seats as [Sitting, Sitting, Sitting]
    const atDesk = await sit(one, streamId, desk)
    const ids = people.map(({ user }) => user.id)

    // One speaks, the others listen; one has lost the socket and is waited for.
    await ask(host, 'floor.invite', { userId: dan.user.id })
    await ask(dans, 'floor.sit')
    const voice = await nodePeer(livekit, (await ticket(dans)).token)
    await voice.publish('microphone')
    for (const seat of [bobs, cias, seats[3] as Sitting]) await signalPeer(await ticket(seat))
    await vi.waitFor(async () => expect(await there()).toEqual([...ids].sort()))
    cias.room.connection.close(4010)
    await cias.closed

    const isGone = async (who: Guest) => {
      const gone = expect.not.arrayContaining([who.user.id]) as unknown
      await vi.waitFor(async () => expect(await there()).toEqual(gone), soon)
    }
    const post = (at: HouseProcess, path: string, { accessToken: token }: Guest) =>
      at.ask(path, { method: 'POST', token })
    await post(one, '/v1/auth/logout', bob)
    expect(await bobs.closed).toBe(4401)
    await post(one, '/v1/auth/logout', cia)
    await isGone(cia)
    await post(two, '/v1/auth/logout-everywhere', dan)
    await isGone(dan)
    await vi.waitFor(() => expect(voice.isConnected).toBe(false))
    const suspended = { method: 'PATCH', json: { suspended: true }, token: ada.accessToken }
    await one.ask(`/v1/admin/users/${eve.user.id}`, suspended)
    await isGone(eve)

    // Another sign-in of his is in the room still; what the first had let in is not.
    await isGone(bob)
    await signalPeer(await ticket(atDesk))
    await vi.waitFor(async () => expect(await there()).toEqual([bob.user.id]))
    await post(two, '/v1/auth/logout', desk)
    await isGone(bob)
    expect(await atDesk.closed).toBe(4401)
  })
})
