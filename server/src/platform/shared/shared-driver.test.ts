import { initializeRoomCache, type IRoomCache } from '@colyseus/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis, type RedisLink, RedisUnavailable } from '../redis.ts'
import { demandRedis, hasRedis, type PrivateRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { listingLimits, SharedDriver } from './shared-driver.ts'

demandRedis()
const patience = { timeout: 60_000 }

async function driverOf(redis: PrivateRedis, processId: string) {
  const link = await openRedis(redis.url, quietLog)
  onTestFinished(() => link.close())
  const lost = vi.fn<(roomId: string) => void>()
  const tellStats = vi.fn<() => Promise<void>>(async () => undefined)
  const here = new Set<string>()
  const driver = new SharedDriver({
    link,
    log: quietLog,
    lost,
    processId: () => processId,
    isHere: (roomId) => here.has(roomId),
    tellStats,
  })
  const room = (roomId: string): IRoomCache =>
    initializeRoomCache({ roomId, processId, name: 'live', maxClients: 10 })
  return { driver, lost, tellStats, room, link, here }
}

test.runIf(hasRedis)('[CLU-08] of many who insert one id at once, one has it', async () => {
  const redis = await privateRedis()
  const all = await Promise.all(['a', 'b', 'c'].map((name) => driverOf(redis, name)))
  const outcomes = await Promise.all(
    all.flatMap(({ driver, room }) => [
      driver.insert(room('live_1')),
      driver.insert(room('live_1')),
    ]),
  )
  expect(outcomes.filter(Boolean)).toHaveLength(1)
})

test.runIf(hasRedis)('[CLU-08] nobody writes over or takes out what another lists', async () => {
  const redis = await privateRedis()
  const [a, b] = [await driverOf(redis, 'a'), await driverOf(redis, 'b')]
  const [old, successor] = [a.room('live_1'), b.room('live_1')]
  await a.driver.insert(old)
  // Another process found the first one dead.
  await b.driver.cleanup('a')
  expect(await b.driver.insert(successor)).toBe(true)
  await a.driver.update(old, { $inc: { clients: 1 } })
  expect(a.lost).toHaveBeenCalledExactlyOnceWith('live_1')
  await a.driver.remove('live_1')
  await a.driver.cleanup('a')
  const found = await b.driver.findOne({ roomId: 'live_1' })
  expect(found).toMatchObject({ processId: 'b', clients: 0 })
  expect(b.lost).not.toHaveBeenCalled()
})

test.runIf(hasRedis)(
  '[CLU-06] an empty Redis is told all rooms as they are, and no others',
  patience,
  async () => {
    const redis = await privateRedis()
    const { driver, room, tellStats, link } = await driverOf(redis, 'a')
    const end = driver.keepListed()
    onTestFinished(end)
    await vi.waitFor(() => expect(tellStats).toHaveBeenCalled())
    const rooms = Array.from({ length: 1_200 }, (_, n) => room(`live_${n}`))
    for (const one of rooms) await driver.insert(one)
    await redis.stop()
    await driver.update(rooms[0]!, { $set: { clients: 7 } })
    await driver.remove('live_1')
    await redis.start()
    await vi.waitFor(async () => expect(await link.commands.hlen('roomcaches')).toBe(1_199), 5_000)
    const known = await driver.findByIds(['live_0', 'live_1', 'live_1199'])
    expect([...known.keys()]).toEqual(['live_0', 'live_1199'])
    expect(known.get('live_0')).toMatchObject({ clients: 7 })
    expect(await link.commands.scard('odeon.listing.of.a'), 'and whose they are').toBe(1_199)
  },
)

test.runIf(hasRedis)(
  '[CLU-06] no room is opened before an empty Redis can have been told all',
  patience,
  async () => {
    const redis = await privateRedis()
    const { driver } = await driverOf(redis, 'a')
    const from = performance.now()
    await Promise.all([driver.settled(), driver.settled()])
    expect(performance.now() - from).toBeGreaterThan(listingLimits.settleMs - 100)
    const later = performance.now()
    await driver.settled()
    expect(performance.now() - later).toBeLessThan(1_000)
  },
)

test.runIf(hasRedis)(
  '[CLU-08] an entry whose answer got lost is taken out again',
  patience,
  async () => {
    const redis = await privateRedis()
    const { driver, room, link } = await driverOf(redis, 'a')
    const end = driver.keepListed()
    onTestFinished(end)
    redis.freeze()
    const inserted = driver.insert(room('live_1'))
    await expect(inserted).rejects.toBeInstanceOf(RedisUnavailable)
    redis.thaw()
    await vi.waitFor(() => link.commands.ping(), 5_000)
    await vi.waitFor(async () => expect(await driver.has('live_1')).toBe(false), 5_000)
    expect(await driver.insert(room('live_1')), 'and may be made again').toBe(true)
  },
)

test.runIf(hasRedis)('[CLU-08] a room that ends keeps its id until it is gone', async () => {
  const redis = await privateRedis()
  const { driver, room, here } = await driverOf(redis, 'a')
  here.add('live_1')
  expect(await driver.insert(room('live_1'))).toBe(false)
  here.clear()
  expect(await driver.insert(room('live_1'))).toBe(true)
})

/** What Redis is asked to do meanwhile, by the names of commands. */
async function asked(link: RedisLink, work: () => Promise<unknown>): Promise<string[]> {
  const monitor = await link.commands.monitor()
  const heard: string[] = []
  monitor.on('monitor', (_at: string, [command = '']: string[]) => heard.push(command))
  await work()
  // Behind the last of the work; it is heard in order.
  await link.commands.echo('done')
  await vi.waitFor(() => expect(heard).toContain('echo'))
  monitor.disconnect()
  return heard.map((command) => command.toLowerCase())
}

test.runIf(hasRedis)(
  '[CLU-14] a room is found by its id, a dead process by what it listed, and nothing reads all',
  async () => {
    const redis = await privateRedis()
    const [a, b] = [await driverOf(redis, 'a'), await driverOf(redis, 'b')]
    const rooms = Array.from({ length: 1_100 }, (_, n) => a.room(`live_${n}`))
    for (const one of rooms) await a.driver.insert(one)
    await b.driver.insert(b.room('live_b'))
    const heard = await asked(b.link, async () => {
      expect(await b.driver.findByIds(['live_7'])).toHaveProperty('size', 1)
      await a.driver.update(rooms[7]!, { $inc: { clients: 1 } })
      await a.driver.remove('live_7')
      await b.driver.cleanup('a')
    })
    expect(heard.filter((command) => /hgetall|hvals|hkeys|hscan/.test(command))).toEqual([])
    expect(await b.link.commands.hkeys('roomcaches')).toEqual(['live_b'])
    expect(await b.link.commands.keys('odeon.listing.of.*')).toEqual(['odeon.listing.of.b'])
    await expect(a.driver.query({ name: 'live' })).rejects.toThrow('by their ids')
    await expect(a.driver.findOne({ name: 'live' })).rejects.toThrow('by their ids')
  },
)

test.runIf(hasRedis)(
  '[CLU-14] a room found dead is taken out though nobody knows whose it was',
  async () => {
    const redis = await privateRedis()
    const [a, b] = [await driverOf(redis, 'a'), await driverOf(redis, 'b')]
    for (const id of ['live_1', 'live_2']) await a.driver.insert(a.room(id))
    await a.link.commands.del('odeon.listing.of.a')
    await b.driver.cleanup('a', 'live_1')
    expect(await b.link.commands.hkeys('roomcaches')).toEqual(['live_2'])
    // It was not dead: what changes next in its rooms lists them again, and whose they are.
    await a.driver.persist(a.room('live_1'))
    expect(await b.link.commands.smembers('odeon.listing.of.a')).toEqual(['live_1'])
  },
)

test.runIf(hasRedis)(
  '[CLU-14] who comes at once is counted by few writes, the last as it is',
  async () => {
    const redis = await privateRedis()
    const { driver, room, link } = await driverOf(redis, 'a')
    const one = room('live_1')
    await driver.insert(one)
    const heard = await asked(link, async () => {
      const joins = Array.from({ length: 64 }, () => driver.update(one, { $inc: { clients: 1 } }))
      await Promise.all(joins)
      expect((await driver.findOne({ roomId: 'live_1' })).clients, 'when all are answered').toBe(64)
      const late = [1, 2].map((by) => driver.update(one, { $inc: { clients: by } }))
      await driver.remove('live_1')
      await Promise.all(late)
    })
    expect(heard.filter((command) => command === 'eval').length).toBeLessThan(8)
    expect(await driver.has('live_1'), 'and stays out when it ends').toBe(false)
  },
)
