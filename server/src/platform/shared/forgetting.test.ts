import { expect, onTestFinished, test, vi } from 'vitest'
import { ExpiringCache } from '../expiring-cache.ts'
import { openShared } from '../shared.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'

demandRedis()

test.runIf(hasRedis)(
  '[CLU-10] what changed in one process is read anew in all, and everything after an outage',
  async () => {
    const redis = await privateRedis()
    const processes = await Promise.all(
      [1, 2].map(async () => {
        const shared = await openShared({ redisUrl: redis.url, log: quietLog })
        const cache = new ExpiringCache<string, string>({
          ttlMs: 1e9,
          entriesMax: 10,
          now: Date.now,
        })
        shared.forgetting.share('names', cache)
        const end = shared.forgetting.listen()
        onTestFinished(async () => {
          await end()
          await shared.close()
        })
        return cache
      }),
    )
    const [one, two] = processes as [(typeof processes)[0], (typeof processes)[0]]
    let truth = 'before'
    const read = (cache: typeof one, key = 'ada') => cache.get(key, async () => truth)
    expect(await read(two)).toBe('before')
    expect(await read(two, 'bob')).toBe('before')
    truth = 'after'
    // Heard as soon as the other process listens, which it began to just now.
    await vi.waitFor(async () => {
      one.delete('ada')
      expect(await read(two)).toBe('after')
    })
    expect(await read(two, 'bob'), 'nothing was said of him').toBe('before')
    await redis.stop()
    one.delete('bob')
    expect(await read(two, 'bob')).toBe('before')
    await redis.start()
    await vi.waitFor(async () => expect(await read(two, 'bob')).toBe('after'), 5_000)
  },
)
