/** Rooms carried over real processes, with one of them killed: what people at the others notice. */
import { closeCodes, liveRoomId, relayRoomId } from '@odeon/rooms'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../platform/redis.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import {
  openStream,
  register,
  say,
  sit,
  takeSeat,
  walkIn,
} from '../platform/testing/people-in-house.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import type { Seat } from './protocol.ts'

demandRedis()

/** A stream whose host came by the first process; every viewer is seated at a relay. */
async function carriedHouse(processes = 3) {
  const databaseUrl = await testDatabaseUrl()
  const settings = { RELAY_FROM_VIEWERS: '0' }
  const house = await startHouse({ databaseUrl, processes, settings })
  const [one, two] = house.processes as [HouseProcess, HouseProcess]
  const [ada, bob, cia] = await Promise.all([
    register(one, 'ada'),
    register(two, 'bob'),
    register(two, 'cia'),
  ])
  const streamId = await openStream(one, ada)
  const host = await sit(one, streamId, ada)
  await host.room.request('stream.start', { requestId: 'start-0001' })
  return { ...house, one, two, people: { ada, bob, cia }, streamId, host }
}

const lines = ({ heard }: { heard: string[] }) => heard.filter((one) => one.startsWith('line'))

test.runIf(hasRedis)(
  '[REL-10] viewers are seated at the relays of other processes, and meet there',
  { timeout: 90_000 },
  async () => {
    const { one, two, processes, people, streamId, host } = await carriedHouse()
    expect(host.seat.roomId).toBe(liveRoomId(streamId))
    const bob = await sit(one, streamId, people.bob)
    const cia = await sit(two, streamId, people.cia)
    const elsewhere = processes.slice(1).map(({ address }) => address)
    for (const { seat } of [bob, cia]) {
      expect(seat.roomId).toBe(relayRoomId(liveRoomId(streamId), seat.processId))
      expect(elsewhere).toContain(seat.publicAddress)
    }
    const { accessToken: token } = people.bob
    for (const way of ['joinById', 'join', 'create', 'joinOrCreate']) {
      for (const name of [bob.seat.roomId, 'relay']) {
        const openWith = {
          kind: 'live',
          writerId: host.seat.roomId,
          processId: 'own',
          openWith: {},
        }
        const reply = await one.ask(`/matchmake/${way}/${name}`, { json: openWith, token })
        expect(reply.status, `${way} ${name}`).toBe(404)
      }
    }
    await say(bob.room, 'line 1')
    await say(host.room, 'line 2')
    for (const everybody of [host, bob, cia]) {
      await vi.waitFor(() => expect(lines(everybody)).toEqual(['line 1', 'line 2']))
    }
    await vi.waitFor(async () => {
      expect(await one.get(`/v1/streams/${streamId}`)).toMatchObject({ viewers: 2 })
    })
  },
)

test.runIf(hasRedis)(
  '[RUN-64] a socket that asks for a seat itself is led to another process, or is in at once',
  { timeout: 90_000 },
  async () => {
    const { one, processes, people, streamId, host } = await carriedHouse()
    const led = walkIn(one, streamId, people.bob)
    const seat = await led.told
    expect(seat.processId).not.toBe(host.seat.processId)
    expect(await led.closed).toBe(closeCodes.moved)
    const bob = await takeSeat(one, seat)
    // The quietest of all carries whoever comes to it.
    const quiet = processes.slice(1).find(({ address }) => address !== seat.publicAddress)!
    const cia = walkIn(quiet, streamId, people.cia)
    expect((await cia.told).publicAddress).toBe(quiet.address)
    await vi.waitFor(async () => {
      expect(await one.get(`/v1/streams/${streamId}`)).toMatchObject({ viewers: 2 })
    })
    await say(bob.room, 'line 1')
    await vi.waitFor(() => expect(lines(host)).toEqual(['line 1']))
    expect(cia.socket.readyState).toBe(WebSocket.OPEN)
  },
)

test.runIf(hasRedis)(
  '[REL-11] the process that writes is killed: another writes soon, and relays keep their sockets',
  { timeout: 90_000 },
  async () => {
    const { one, two, people, streamId, host } = await carriedHouse()
    const [bob, cia] = [await sit(two, streamId, people.bob), await sit(two, streamId, people.cia)]
    await say(bob.room, 'line 1')
    let isCut = false
    for (const { closed } of [bob, cia]) void closed.then(() => (isCut = true))
    one.kill('SIGKILL')
    expect(await one.ended).toBe('SIGKILL')
    const from = performance.now()
    expect(await say(cia.room, 'line 2')).toMatchObject({ text: 'line 2' })
    const tookMs = performance.now() - from
    expect((await host.closed) >= 1000).toBe(true)
    // The host comes back by another process, and everybody has everything once.
    const again = await sit(two, streamId, people.ada)
    await say(again.room, 'line 3')
    for (const everybody of [bob, cia]) {
      await vi.waitFor(() => expect(lines(everybody)).toEqual(['line 1', 'line 2', 'line 3']))
    }
    expect(isCut).toBe(false)
    process.stdout.write(`  another wrote after ${Math.round(tookMs)} ms\n`)
  },
)

test.runIf(hasRedis)(
  '[REL-28] a relay is killed: whoever comes then is seated at another, though it counts as living',
  { timeout: 90_000 },
  async () => {
    const { one, redis, processes, people, streamId } = await carriedHouse()
    const [bob, cia] = [await sit(one, streamId, people.bob), await sit(one, streamId, people.cia)]
    const at = (seat: Seat) => processes.find(({ address }) => address === seat.publicAddress)
    const [died, stays] = [at(bob.seat), at(cia.seat)]
    expect(died).not.toBe(stays)
    const dan = await register(one, 'dan')
    died?.kill('SIGKILL')
    await died?.ended
    // For as long as this test may take it is the quietest one of all.
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    await link.commands.set(`odeon.process.${bob.seat.processId}`, -1_000, 'EX', 90)
    const from = performance.now()
    const asked = { json: {}, token: dan.accessToken }
    await vi.waitFor(
      async () => {
        const seat = await one.get<Seat>(`/v1/streams/${streamId}/seat`, asked)
        expect(seat.publicAddress).toBe(stays?.address)
      },
      { timeout: 30_000, interval: 1_000 },
    )
    process.stdout.write(`  a seat elsewhere after ${Math.round(performance.now() - from)} ms\n`)
    const again = await sit(one, streamId, people.bob)
    expect(again.seat.publicAddress).toBe(stays?.address)
    await say(again.room, 'line 1')
    await vi.waitFor(() => expect(lines(cia)).toEqual(['line 1']))
  },
)

test.runIf(hasRedis)(
  '[REL-12] a room without relays goes on in another process when somebody asks for it',
  { timeout: 90_000 },
  async () => {
    const { one, two, people, streamId, host } = await carriedHouse(2)
    await say(host.room, 'line 1')
    one.kill('SIGKILL')
    await one.ended
    const seat = await vi.waitFor(
      () =>
        two.get<Seat>(`/v1/streams/${streamId}/seat`, {
          json: {},
          token: people.ada.accessToken,
        }),
      { timeout: 10_000, interval: 200 },
    )
    const again = await takeSeat(two, seat)
    await vi.waitFor(() => expect(lines(again)).toEqual(['line 1']))
    expect(await say(again.room, 'line 2')).toMatchObject({ text: 'line 2' })
    await vi.waitFor(() => expect(again.room.state.phase).toBe('live'))
  },
)

test.runIf(hasRedis)(
  '[REL-13] a process that is told to stop hands its rooms over: nothing is lost or doubled',
  { timeout: 90_000 },
  async () => {
    const { one, two, people, streamId } = await carriedHouse()
    const bob = await sit(two, streamId, people.bob)
    await say(bob.room, 'line 1')
    one.kill('SIGTERM')
    const said = say(bob.room, 'line 2')
    expect(await said).toMatchObject({ text: 'line 2' })
    expect(await one.ended).toBe(0)
    await say(bob.room, 'line 3')
    await vi.waitFor(() => expect(lines(bob)).toEqual(['line 1', 'line 2', 'line 3']))
    const again = await sit(two, streamId, people.ada)
    await vi.waitFor(() => expect(again.room.state.phase).toBe('live'))
  },
)

test.runIf(hasRedis)(
  '[REL-14] a writer that only slept wakes up behind its successor and writes nothing',
  { timeout: 90_000 },
  async () => {
    const { one, two, people, streamId, host } = await carriedHouse()
    const bob = await sit(two, streamId, people.bob)
    await say(bob.room, 'line 1')
    one.freeze()
    expect(await say(bob.room, 'line 2')).toMatchObject({ text: 'line 2' })
    const late = say(host.room, 'line of the past')
    late.catch(() => {})
    one.thaw()
    expect(await host.closed).toBe(4421)
    await say(bob.room, 'line 3')
    await vi.waitFor(() => expect(lines(bob)).toEqual(['line 1', 'line 2', 'line 3']))
  },
)
