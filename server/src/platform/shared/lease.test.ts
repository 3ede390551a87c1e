import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { leased } from './lease.ts'

demandRedis()
const leaseLimits = { heldMs: 1_500, renewEveryMs: 200 }

test('[CLU-09] one process alone does it itself', async () => {
  const done: string[] = []
  const work = {
    name: 'work',
    log: quietLog,
    begin() {
      done.push('begun')
      return async () => void done.push('ended')
    },
  }
  const end = leased(undefined, work)
  await end()
  expect(done).toEqual(['begun', 'ended'])
})

test.runIf(hasRedis)(
  '[CLU-09] of several one does it, and another when that one ends or dies',
  { timeout: 60_000 },
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const at = new Set<string>()
    const join = (name: string, commands = link.commands) =>
      leased(
        { commands },
        {
          name: 'work',
          log: quietLog,
          begin() {
            at.add(name)
            return async () => void at.delete(name)
          },
        },
        leaseLimits,
      )
    const first = join('first')
    await vi.waitFor(() => expect([...at]).toEqual(['first']))
    const dying = await openRedis(redis.url, quietLog)
    const second = join('second', dying.commands)
    await first()
    await vi.waitFor(() => expect([...at]).toEqual(['second']), leaseLimits.renewEveryMs * 2)
    const third = join('third')
    onTestFinished(third)
    // Its process hears nothing any more, so the lease runs out.
    await dying.close()
    await vi.waitFor(
      () => expect([...at]).toEqual(['third']),
      leaseLimits.heldMs + leaseLimits.renewEveryMs * 2,
    )
    await second()
  },
)
