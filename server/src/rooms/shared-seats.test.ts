/** Seats that one process gives out and another one sees taken. */
import { kitLimits } from '@odeon/rooms'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../platform/redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../platform/testing/private-redis.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { sharedSeats } from './shared-seats.ts'

demandRedis()

test.runIf(hasRedis)(
  '[CLU-05] a seat that was taken at another process is free again here',
  { timeout: 30_000 },
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const [front, back] = [sharedSeats(link, quietLog), sharedSeats(link, quietLog)]
    const take = async () => await front.take('ada', 0, 15_000)
    for (let seat = 0; seat < kitLimits.pendingSeatsMax; seat += 1) expect(await take()).toBe(true)
    expect(await take()).toBe(false)
    back.use('ada')
    await vi.waitFor(async () => expect(await take()).toBe(true))
  },
)
