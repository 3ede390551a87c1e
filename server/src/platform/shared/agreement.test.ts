import { expect, onTestFinished, test } from 'vitest'
import { schema } from '../../schema.ts'
import { openDatabase } from '../database.ts'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { testDatabaseUrl } from '../testing/test-database.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { agreementLimits, agreeOn, ProcessesDiffer } from './agreement.ts'

demandRedis()

async function open(url: string) {
  const database = await openDatabase({ url, log: quietLog, schema })
  onTestFinished(() => database.close())
  return database
}

test.runIf(hasRedis)(
  '[CLU-13] a process with another secret is refused, and the secret stays out of Redis',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const database = await open(await testDatabaseUrl())
    const bytes = (text: string) => new TextEncoder().encode(text)
    const ours = { secret: bytes('one secret of this house'), database }
    onTestFinished(await agreeOn(link, ours))
    onTestFinished(await agreeOn(link, ours))
    const other = agreeOn(link, { ...ours, secret: bytes('another') })
    await expect(other).rejects.toBeInstanceOf(ProcessesDiffer)
    await expect(other).rejects.toThrow(/^JWT_SECRET: expected the same/)
    const kept = await link.commands.get('odeon.agreed.secret')
    expect(kept).toMatch(/^[\da-f]{64}$/)
  },
)

test.runIf(hasRedis)(
  '[CLU-16] a process with another database is refused by name, by whatever address it came to it',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const [one, two] = [await testDatabaseUrl(), await testDatabaseUrl()]
    const secret = new TextEncoder().encode('one secret of this house')
    onTestFinished(await agreeOn(link, { secret, database: await open(one) }))
    const sameByAnother = one.replace(/@[^/]+/, (host) => host.replace('127.0.0.1', 'localhost'))
    onTestFinished(await agreeOn(link, { secret, database: await open(sameByAnother) }))
    const other = agreeOn(link, { secret, database: await open(two) })
    await expect(other).rejects.toThrow(/^DATABASE_URL: expected the same database/)
  },
)

test.runIf(hasRedis)(
  '[CLU-16] a refusal says how long those who stopped count, and it is no longer than that',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const [before, after] = [await testDatabaseUrl(), await testDatabaseUrl()]
    const secret = new TextEncoder().encode('one secret of this house')
    const end = await agreeOn(link, { secret, database: await open(before) })
    end()
    const changed = { secret, database: await open(after) }
    const refused = agreeOn(link, changed)
    await expect(refused).rejects.toThrow('is forgotten 30 s after the last of them has ended')
    const leftMs = await link.commands.pttl('odeon.agreed.database')
    expect(leftMs).toBeGreaterThan(0)
    expect(leftMs).toBeLessThanOrEqual(agreementLimits.keptMs)
    await link.commands.pexpire('odeon.agreed.database', 0)
    onTestFinished(await agreeOn(link, changed))
  },
)
