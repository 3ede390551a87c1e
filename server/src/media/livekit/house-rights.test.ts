/** A whole server with a real LiveKit: who may not send listens, and who is banned is out. */
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { type MediaTicket, mediaSources, personOfMedia } from '@odeon/rooms/protocol'
import { liveRoomId } from '@odeon/rooms'
import { RoomServiceClient } from 'livekit-server-sdk'
import { v7 } from 'uuid'
import { describe, expect, test, vi } from 'vitest'
import { freePort } from '../../platform/testing/free-port.ts'
import { addPerson } from '../../platform/testing/people.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing/test-database.ts'
import { type Person, startTestServer, testPassword } from '../../platform/testing/test-server.ts'
import type { Seat } from '../../rooms/protocol.ts'
import { livekitLimits } from './livekit-media.ts'
import { nodePeer } from './testing/node-peer.ts'
import { demandLiveKit, hasLiveKit, privateLiveKit } from './testing/private-livekit.ts'
import { signalPeer } from './testing/signal-peer.ts'

demandLiveKit()

const until = { timeout: 20_000, interval: 50 }

/** One that ended in the time of an earlier server. */
async function pastStream(database: TestDatabase): Promise<string> {
  const { userId } = await addPerson(database, 'earlier')
  const [channelId, streamId] = [v7(), v7()]
  const now = new Date()
  await database.sql`
    insert into channels (id, owner_id, handle, name, created_at, updated_at)
    values (${channelId}, ${userId}, 'earlier', 'Earlier', ${now}, ${now})`
  await database.sql`
    insert into streams (id, channel_id, host_id, title, phase, started_at, ended_at, created_at)
    values (${streamId}, ${channelId}, ${userId}, 'Over', 'ended', ${now}, ${now}, ${now})`
  return streamId
}

describe.runIf(hasLiveKit)('the media of a whole server', async () => {
  const port = await freePort()
  const livekit = await privateLiveKit(`http://127.0.0.1:${port}/v1/media/webhook`)
  const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
  const database = await testDatabase()
  const left = liveRoomId(await pastStream(database))
  await client.createRoom({ name: left })
  const server = await startTestServer({ databaseUrl: database.url, media: livekit, port })

  const askSeat = (streamId: string, { accessToken: token }: Person) =>
    server.fetch(`/v1/streams/${streamId}/seat`, { json: {}, token })
  const enter = async (streamId: string, person: Person): Promise<Room> => {
    const reply = await askSeat(streamId, person)
    const seat = (await reply.json()) as Seat
    const room = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
    room.onMessage('*', () => undefined)
    return room
  }
  const ask = (room: Room, command: string, message: object = {}) =>
    room.request(command, { requestId: crypto.randomUUID(), ...message })
  const ticket = async (room: Room, tab: string) =>
    (await ask(room, 'media.ticket', { tab })) as MediaTicket
  const peopleIn = async (streamId: string) =>
    (await client.listParticipants(liveRoomId(streamId))).map(({ identity }) =>
      personOfMedia(identity),
    )

  /** A stream whose host is heard. */
  const onAir = async (name: string) => {
    const host = await server.register(name)
    const { id } = await server.stream(host)
    const room = await enter(id, host)
    await ask(room, 'stream.start')
    const granted = await vi.waitFor(() => ticket(room, 'a'), until)
    const voice = await nodePeer(livekit, granted.token)
    await voice.publish('microphone')
    voice.hum()
    return { id, room }
  }
  const hears = ({ received }: Awaited<ReturnType<typeof nodePeer>>) =>
    vi.waitFor(() => expect(received.loudest).toBeGreaterThan(0.01), until)

  test('[MED-26] media that an earlier server left are ended when this one starts', async () => {
    await vi.waitFor(async () => {
      expect((await client.listRooms()).map(({ name }) => name)).not.toContain(left)
    }, until)
  })

  test('[MED-01] a moderator without a seat sends nothing, and listens', async () => {
    const { id, room } = await onAir('host1')
    const mod = await server.register('helper')
    await database.sql`
      insert into channel_moderators (channel_id, user_id, granted_at)
      select channel_id, ${mod.user.id}, now() from streams where id = ${id}`
    const mods = await enter(id, mod)
    const asker = await signalPeer(await ticket(mods, 'a'))
    const answers: boolean[] = []
    for (const source of mediaSources) answers.push(await asker.asks(source))
    expect(answers).toEqual(mediaSources.map(() => false))
    await hears(await nodePeer(livekit, (await ticket(mods, 'b')).token))
    // With a seat the same person sends: what was refused was theirs to be refused.
    await ask(mods, 'floor.sit')
    const seated = await signalPeer(await ticket(mods, 'c'))
    expect(await seated.asks('microphone')).toBe(true)
    await room.leave()
  }, 60_000)

  test('[MED-05] who watches is told that a guest who left the stage sends nothing', async () => {
    const { id, room } = await onAir('host3')
    const [viewer, guest] = [await server.register('watcher'), await server.register('caller')]
    const watcher = await nodePeer(livekit, (await ticket(await enter(id, viewer), 'a')).token)
    const guests = await enter(id, guest)
    await ask(room, 'floor.open', { isOpen: true })
    const peer = await nodePeer(livekit, (await ticket(guests, 'a')).token)
    for (let round = 0; round < 2; round += 1) {
      await ask(guests, 'floor.sit')
      await vi.waitFor(() => peer.publish('microphone'), until)
      await vi.waitFor(() => expect(watcher.tracksOf(peer.identity)).toBe(1), until)
      await ask(guests, 'floor.stand')
      await vi.waitFor(() => expect(watcher.tracksOf(peer.identity)).toBe(0), until)
    }
    await room.leave()
  }, 60_000)

  test('[MED-06] who is banned is disconnected, and neither an old ticket nor a new ask lets them in', async () => {
    const { id, room } = await onAir('host2')
    const [admin, bad] = [await server.register('boss'), await server.register('bad')]
    await database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
    const bads = await enter(id, bad)
    const peer = await nodePeer(livekit, (await ticket(bads, 'a')).token)
    await hears(peer)
    const kept = await ticket(bads, 'b')
    const banned = { json: { suspended: true }, token: admin.accessToken, method: 'PATCH' }
    const closed = new Promise<number>((resolve) => void bads.onLeave(resolve))
    expect((await server.fetch(`/v1/admin/users/${bad.user.id}`, banned)).status).toBe(200)
    expect(await closed).toBe(4403)
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), until)
    // LiveKit holds the old ticket for good: they are put out again before any comparison.
    const { status } = await fetch(`${livekit.url}/rtc/validate?access_token=${kept.token}`)
    expect(status).toBe(200)
    const again = await nodePeer(livekit, kept.token).catch(() => undefined)
    const soon = { ...until, timeout: livekitLimits.compareEveryMs / 2 }
    await vi.waitFor(() => expect(again?.isConnected ?? false).toBe(false), soon)
    expect(await peopleIn(id)).not.toContain(bad.user.id)
    // Neither with what they were signed in by, nor by signing in anew.
    expect((await askSeat(id, bad)).status).toBe(401)
    const login = { email: 'bad@odeon.test', password: testPassword }
    expect((await server.fetch('/v1/auth/login', { json: login })).status).toBe(403)
    await room.leave()
  }, 60_000)
})
