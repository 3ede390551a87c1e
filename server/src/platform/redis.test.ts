import { performance } from 'node:perf_hooks'
import type { Writable } from 'node:stream'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openRedis, RedisUnavailable, redisLimits } from './redis.ts'
import { demandRedis, hasRedis, privateRedis } from './testing/private-redis.ts'
import { quietLog, recordingLog } from './testing/quiet-log.ts'

demandRedis()

async function linked(log = quietLog) {
  const redis = await privateRedis()
  const link = await openRedis(redis.url, log)
  onTestFinished(() => link.close())
  return { redis, link }
}

/** What a promise ended with and how long it took. */
async function timed(work: Promise<unknown>): Promise<{ outcome: unknown; ms: number }> {
  const from = performance.now()
  const outcome = await work.catch((error: unknown) => error)
  return { outcome, ms: performance.now() - from }
}

describe.runIf(hasRedis)('Redis', () => {
  test('[RED-01] a command ends within its deadline by name while Redis is stopped or hangs', async () => {
    const { redis, link } = await linked()
    await link.commands.set('a', '1')
    for (const fault of ['freeze', 'stop'] as const) {
      await redis[fault]()
      const work = [link.commands.get('a'), link.ping()]
      for (const { outcome, ms } of await Promise.all(work.map(timed))) {
        expect(outcome).toBeInstanceOf(RedisUnavailable)
        expect(ms).toBeLessThan(redisLimits.commandMs * 2)
      }
    }
  })

  test('[RED-09] what is said in one turn of the event loop leaves in one write', async () => {
    const { link } = await linked()
    await link.commands.ping()
    const { stream } = link.commands as unknown as { stream: Required<Writable> }
    const [one, many] = [vi.spyOn(stream, '_write'), vi.spyOn(stream, '_writev')]
    const said = Array.from({ length: 50 }, async (_, n) => {
      await Promise.resolve()
      return link.commands.incrby('sum', n)
    })
    expect((await Promise.all(said)).at(-1)).toBe(1_225)
    expect([one.mock.calls.length, many.mock.calls.length]).toEqual([0, 1])
  })

  test('[RED-02] it works again soon after Redis does, and what was given up is not done late', async () => {
    const { log, lines } = recordingLog()
    const { redis, link } = await linked(log)
    const back = vi.fn<() => void>()
    link.onBack(back)
    await redis.stop()
    await vi.waitFor(() => expect(link.commands.status).toBe('reconnecting'))
    await expect(link.commands.set('late', '1')).rejects.toBeInstanceOf(RedisUnavailable)
    await redis.start()
    await vi.waitFor(() => expect(back).toHaveBeenCalledOnce(), redisLimits.retryMaxMs * 4)
    expect(await link.commands.exists('late')).toBe(0)
    const said = lines.filter(({ level }) => level !== 'debug').map(({ text }) => text)
    expect(said).toEqual(['Redis is away', 'Redis is back'])
  })

  test('[RED-03] subscriptions to bytes outlive a Redis that comes back', async () => {
    const { redis, link } = await linked()
    const got: Buffer[] = []
    link.subscriber.on('messageBuffer', (_channel, bytes: Buffer) => got.push(bytes))
    await link.subscriber.subscribe('frames')
    await redis.stop()
    await redis.start()
    const bytes = Buffer.from([0, 255, 128])
    await vi.waitFor(
      async () => expect(await link.commands.publish('frames', bytes)).toBe(1),
      5_000,
    )
    await vi.waitFor(() => expect(got).toEqual([bytes]))
  })

  test('[RED-04] what waits for Redis is bounded', async () => {
    const { redis, link } = await linked()
    await redis.stop()
    await vi.waitFor(() => expect(link.commands.status).toBe('reconnecting'))
    const asked = Array.from({ length: redisLimits.waitingMax + 5 }, () => link.commands.incr('n'))
    expect(link.commands.waitingCount).toBe(redisLimits.waitingMax)
    await expect(asked.at(-1)).rejects.toBeInstanceOf(RedisUnavailable)
    const ends = await Promise.allSettled(asked)
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
    await redis.start()
    await vi.waitFor(async () => expect(await link.commands.get('n')).toBeNull(), 5_000)
  })

  test('[RED-05] an error of Redis itself stays what it is', async () => {
    const { link } = await linked()
    await link.commands.set('text', 'x')
    await expect(link.commands.incr('text')).rejects.toThrow(/not an integer/)
    await expect(link.commands.incr('text')).rejects.not.toBeInstanceOf(RedisUnavailable)
  })

  test('[RED-06] closing ends in time with Redis there, hung or gone', async () => {
    for (const fault of ['none', 'freeze', 'stop'] as const) {
      const { redis, link } = await linked()
      if (fault !== 'none') await redis[fault]()
      expect((await timed(link.close())).ms).toBeLessThan(redisLimits.closeMs * 3)
      if (fault === 'freeze') redis.thaw()
    }
  })
})

test('[RED-07] no Redis at the start is told by host, without the password', {
  timeout: 30_000,
}, async () => {
  const url = 'redis://user:secret-word@127.0.0.1:1'
  const error = await openRedis(url, quietLog, 300).catch((no: unknown) => no)
  expect(error).toBeInstanceOf(RedisUnavailable)
  const said = (error as Error).message
  expect(said).toMatch(/^REDIS_URL: no Redis answers at 127\.0\.0\.1:1 \(.+\)$/)
})
