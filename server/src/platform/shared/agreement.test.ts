import { expect, onTestFinished, test } from 'vitest'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { agreeOnSecret, ProcessesDiffer } from './agreement.ts'

demandRedis()

test.runIf(hasRedis)(
  '[CLU-13] a process with another secret is refused, and the secret stays out of Redis',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const bytes = (text: string) => new TextEncoder().encode(text)
    onTestFinished(await agreeOnSecret(link, bytes('one secret of this house')))
    onTestFinished(await agreeOnSecret(link, bytes('one secret of this house')))
    const other = agreeOnSecret(link, bytes('another'))
    await expect(other).rejects.toBeInstanceOf(ProcessesDiffer)
    await expect(other).rejects.toThrow(/^JWT_SECRET: expected the same/)
    const kept = await link.commands.get('odeon.agreed.secret')
    expect(kept).toMatch(/^[\da-f]{64}$/)
  },
)
