// Two streams fight over two processes that are killed in every phase: one winner, told to both.
import { LocalPresence } from '@colyseus/core'
import { expect, test, vi } from 'vitest'
import { balancedFront } from '../../../server/src/platform/testing/front.ts'
import { demandRedis, hasRedis } from '../../../server/src/platform/testing/private-redis.ts'
import { quietLog } from '../../../server/src/platform/testing/quiet-log.ts'
import { startHouse } from '../../../server/src/platform/testing/several-processes.ts'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { walletSide } from '../../../server/src/wallet/wallet-side.ts'
import { type LiveConnection, Odeon } from '../index.ts'
import { alive } from '../testing/fault-scene.ts'

demandRedis()

const password = 'correct horse battery'
const until = { timeout: 60_000, interval: 50 }
const database = await testDatabase()
const { ledger } = walletSide({
  database,
  presence: new LocalPresence(),
  now: Date.now,
  log: quietLog,
})

async function account(url: string, username: string, coins = 0) {
  const odeon = new Odeon(url, { commandDeadlineMs: 120_000 })
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  const userId = odeon.auth.user?.id ?? ''
  if (coins > 0) {
    const from = { kind: 'gateway', currency: 'coin' } as const
    const to = { kind: 'user', userId, currency: 'coin' } as const
    const movement = { do: 'post' as const, legs: [{ from, to, amount: coins }] }
    await ledger.transfer({ id: `top-up-${userId}`, by: 'test', kind: 'topup', movement })
  }
  return odeon
}

async function staged(url: string, name: string) {
  const owner = await account(url, `host_${name}`)
  const { id } = await owner.streams.create({ title: `Battle of ${name}` })
  const host = await owner.live.join(id)
  await host.start()
  const viewer = await (await account(url, `fan_${name}`, 10_000)).live.join(id)
  return { id, host, viewer }
}

const inPhase = (phases: string[], rooms: LiveConnection[]) =>
  vi.waitFor(() => {
    for (const room of rooms) {
      expect(room.connection).toBe('live')
      expect(phases).toContain(room.state.battle?.phase)
    }
  }, until)
const pointsIn = ({ state }: LiveConnection) =>
  Object.fromEntries(state.battle?.sides.map(({ streamId, points }) => [streamId, points]) ?? [])

test.runIf(hasRedis)(
  '[BTL-08] processes are killed in every phase; no coin and no battle is lost',
  { timeout: 240_000 },
  async () => {
    const house = await startHouse({
      databaseUrl: database.url,
      processes: 2,
      settings: { LOG_LEVEL: 'error' },
    })
    const url = await balancedFront(() => alive(house).map((one) => one.url))
    const [a, b] = [await staged(url, 'a'), await staged(url, 'b')]
    const rooms = [a.host, a.viewer, b.host, b.viewer]
    /** The one that has lived longest, and one more in its place. */
    const kill = async () => {
      const [first] = alive(house)
      await house.add()
      first?.kill('SIGKILL')
      await first?.ended
      for (const room of rooms) room.tryNow()
    }
    await a.host.battles.invite({ rivals: [b.id], minutes: 1, terms: 'Sing a song' })
    await inPhase(['invited'], [b.host])
    // A process in the place of a killed one is there sooner than 10 s only on a fast machine.
    await b.host.battles.accept()
    await inPhase(['countdown', 'scoring'], rooms)
    await kill()
    await inPhase(['scoring'], rooms)
    const gifts = [
      a.viewer.gifts.send({ giftId: 'rose', quantity: 7 }),
      b.viewer.gifts.send({ giftId: 'kite' }),
      a.viewer.gifts.send({ giftId: 'momo', quantity: 2 }),
    ]
    await kill()
    const coins = (await Promise.all(gifts)).map((one) => one.coins)
    expect(coins).toEqual([7, 100, 50])
    const expected = { [a.id]: 57, [b.id]: 100 }
    await vi.waitFor(() => {
      for (const room of rooms) expect(pointsIn(room)).toEqual(expected)
    }, until)
    const clocks = rooms.map((room) => room.state.battle?.endsAt)
    expect(new Set(clocks).size).toBe(1)
    await inPhase(['tally', 'victory'], rooms)
    await kill()
    await inPhase(['victory', 'terms'], rooms)
    for (const room of rooms) {
      expect(room.state.battle).toMatchObject({ end: 'won', winner: 1 })
      expect(pointsIn(room)).toEqual(expected)
    }
    await Promise.all(rooms.map((room) => room.leave()))
  },
)
