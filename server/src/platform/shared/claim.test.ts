/** A claim lasts as long as what its holder does, and not for ever. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { claim } from './claim.ts'

demandRedis()

const patience = { timeout: 10_000, interval: 20 }

test.runIf(hasRedis)(
  '[CLU-15] a claim is renewed while its holder lives, up to its bound, and passes on then',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const hold = (msMax: number) => claim(link, 'room', { ms: 2_000, msMax })
    const leftMs = () => link.commands.pttl('odeon.claim.room')

    const release = await hold(60_000)
    expect(await hold(60_000)).toBeUndefined()
    let least = await leftMs()
    await vi.waitFor(async () => {
      const left = await leftMs()
      const isRenewed = left > least
      least = Math.min(least, left)
      expect(isRenewed).toBe(true)
    }, patience)
    await release?.()
    expect(await leftMs()).toBe(-2)

    // A holder that hangs.
    expect(await hold(2_500)).toBeDefined()
    const next = await vi.waitFor(async () => {
      const taken = await hold(2_500)
      expect(taken).toBeDefined()
      return taken
    }, patience)
    await next?.()
  },
)
