// Faults of what processes share: two trials of each here, twenty and the long ones every night.
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { liveRoomId } from '@odeon/rooms'
import { describe, expect, test, vi } from 'vitest'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { type Guest, openStream, register, say, sit } from '../platform/testing/people-in-house.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import type { Seat } from './protocol.ts'

demandRedis()

const isLong = process.env.ODEON_FAULTS === 'long'
const trials = isLong ? 20 : 2
/** How long Redis is away, s. */
const outages = isLong ? [4, 25, 60] : [4]
const patience = (seconds: number) => ({ timeout: 60_000 + trials * seconds * 1_000 })
const promised = { timeout: 5_000, interval: 50 }

const readiness = async (at: HouseProcess) => {
  const reply = await at.ask('/ready', { withinMs: 4_000 })
  const body = (await reply.json()) as { error?: { fields: Record<string, string> } }
  return reply.ok ? [] : Object.keys(body.error?.fields ?? {})
}

async function house() {
  const databaseUrl = await testDatabaseUrl()
  const { processes, redis } = await startHouse({ databaseUrl, processes: 2 })
  const [one, two] = processes as [HouseProcess, HouseProcess]
  const [ada, bob, cia] = await Promise.all(
    ['ada', 'bob', 'cia'].map((name) => register(one, name)),
  )
  const died = vi.fn<(code: unknown) => void>()
  for (const { ended } of processes) void ended.then(died)
  return { processes, one, two, redis, died, ada, bob, cia } as Required<{
    [K in 'ada' | 'bob' | 'cia']: Guest
  }> & { one: HouseProcess; two: HouseProcess; died: typeof died; redis: typeof redis } & {
    processes: HouseProcess[]
  }
}

describe.runIf(hasRedis)('[CLU-06] Redis goes away and comes back empty', () => {
  test.each(outages)('for %i s', patience(Math.max(...outages) + 30), async (seconds) => {
    const { processes, one, two, redis, died, ada, bob, cia } = await house()
    for (let trial = 1; trial <= trials; trial += 1) {
      const streamId = await openStream(one, ada)
      const [host, guest] = [await sit(one, streamId, ada), await sit(one, streamId, bob)]

      const back = delay(seconds * 1_000)
      await redis.stop()
      await vi.waitFor(async () => {
        for (const at of processes) expect(await readiness(at)).toContain('redis')
      }, promised)
      // A leave and an ask for a seat are what ended processes and stuck matchmaking.
      await guest.room.leave()
      for (const at of processes) {
        const asked = { json: {}, token: bob.accessToken, withinMs: 10_000 }
        expect((await at.ask(`/v1/streams/${streamId}/seat`, asked)).status).toBe(503)
      }
      // Somebody else might have the room meanwhile, for all that its writer can know.
      await vi.waitFor(async () => {
        const refused = { reason: { code: 'busy' } }
        await expect(say(host.room, `alone ${trial}`)).rejects.toMatchObject(refused)
      }, promised)
      await back
      await redis.start()

      const seat = await vi.waitFor(
        () => two.get<Seat>(`/v1/streams/${streamId}/seat`, { json: {}, token: cia.accessToken }),
        promised,
      )
      const { roomId, processId } = host.seat
      expect(seat, `trial ${trial}`).toMatchObject({ roomId, processId })
      const late = await sit(two, streamId, bob)
      await vi.waitFor(() => say(late.room, `together ${trial}`), promised)
      await vi.waitFor(() => expect(host.heard).toContain(`together ${trial}`))
      await vi.waitFor(async () => {
        for (const at of processes) expect(await readiness(at)).toEqual([])
      }, promised)
      expect(died).not.toHaveBeenCalled()
      await Promise.all([host.room.leave(), late.room.leave()])
    }
  })

  test('a Redis that hangs is noticed, and forgotten when it goes on', patience(20), async () => {
    const { processes, redis, died, one, ada } = await house()
    redis.freeze()
    await vi.waitFor(async () => {
      for (const at of processes) expect(await readiness(at)).toContain('redis')
    }, promised)
    expect((await one.ask('/health')).status).toBe(200)
    redis.thaw()
    await vi.waitFor(async () => {
      for (const at of processes) expect(await readiness(at)).toEqual([])
    }, promised)
    await sit(one, await openStream(one, ada), ada)
    expect(died).not.toHaveBeenCalled()
  })
})

test.runIf(hasRedis)(
  '[CLU-07] a process that stands still while it opens a room makes no second room',
  patience(25),
  async () => {
    const { one, two, died, ada, bob, cia } = await house()
    for (let trial = 1; trial <= trials; trial += 1) {
      const afterMs = randomInt(60)
      const streamId = await openStream(two, ada)
      const path = `/v1/streams/${streamId}/seat`
      const first = one.ask(path, { json: {}, token: ada.accessToken })
      await delay(afterMs)
      one.freeze()
      const thawed = delay(6_000).then(() => one.thaw())
      await expect(one.ask('/health', { withinMs: 200 }), 'it stands still').rejects.toThrow()
      const second = two.ask(path, { json: {}, token: bob.accessToken })
      await thawed
      const because = `trial ${trial}, after ${afterMs} ms`
      expect([200, 503], because).toContain((await second).status)
      // Connections of the one that stood still may have run out of time meanwhile: a fault.
      expect([200, 500, 503], because).toContain((await first).status)
      // Seats at the one that woke up may close 'moved': people come again, and meet in one room.
      const owners = await vi.waitFor(
        async () => {
          const sat = await Promise.all([sit(one, streamId, bob), sit(two, streamId, cia)])
          try {
            await say(sat[0].room, because)
            await vi.waitFor(() => expect(sat[1].heard).toContain(because))
            return new Set(sat.map(({ seat }) => `${seat.roomId} ${seat.processId}`))
          } finally {
            for (const { room } of sat) if (room.connection.isOpen) await room.leave()
          }
        },
        { timeout: 15_000, interval: 1_000 },
      )
      expect(owners.size, because).toBe(1)
      expect([...owners][0]).toContain(liveRoomId(streamId))
    }
    expect(died).not.toHaveBeenCalled()
  },
)
