/** The journal in Redis does what every journal must, and says so when Redis is away. */
import { JournalAway, JournalFenced } from '@odeon/rooms'
import { journalContract } from '@odeon/rooms/journal-contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openRedis, type RedisLink } from '../platform/redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../platform/testing/private-redis.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { RedisJournal } from './redis-journal.ts'

demandRedis()

describe.runIf(hasRedis)('the journal in Redis', () => {
  const ends: (() => Promise<void>)[] = []
  let link: RedisLink
  beforeAll(async () => {
    const { url } = await privateRedis((end) => ends.push(end))
    link = await openRedis(url, quietLog)
  })
  afterAll(async () => {
    await link.close()
    for (const end of ends) await end()
  })

  journalContract(() => new RedisJournal(link))

  test('[JRN-09] a silent Redis is named, and what it may have kept is kept once', async () => {
    const redis = await privateRedis()
    const own = await openRedis(redis.url, quietLog)
    const journal = new RedisJournal(own)
    await journal.claim('live_a', 1)
    redis.freeze()
    const append = () =>
      journal.append('live_a', { epoch: 1, n: 1 }, Buffer.from('r1'), { epoch: 0, n: 0 })
    await expect(append()).rejects.toThrow(JournalAway)
    redis.thaw()
    await vi.waitFor(append, 5_000)
    expect((await journal.read('live_a')).records.map(String)).toEqual(['r1'])
    await own.close()
  })

  test('[JRN-10] after Redis was lost the writer goes on, and an earlier one does not', async () => {
    const redis = await privateRedis()
    const own = await openRedis(redis.url, quietLog)
    const journal = new RedisJournal(own)
    await journal.claim('live_b', 1)
    await journal.claim('live_b', 2)
    await redis.stop()
    await redis.start()
    const write = (epoch: number, n: number) =>
      journal.append('live_b', { epoch, n }, Buffer.from(`${epoch}-${n}`), { epoch: 0, n: 0 })
    await vi.waitFor(() => write(2, 7), 5_000)
    await expect(write(1, 3)).rejects.toThrow(JournalFenced)
    expect((await journal.read('live_b')).records.map(String)).toEqual(['2-7'])
    await own.close()
  })
})
