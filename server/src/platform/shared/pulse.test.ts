/** How a process is known to live, and who may carry viewers. */
import { kitLimits } from '@odeon/rooms/protocol'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { quietLog } from '../testing/quiet-log.ts'
import { pulse, pulseLimits } from './pulse.ts'

demandRedis()

test('[JRN-40] a writer takes nothing more before its process can be held for dead', () => {
  const { deadAfterMs, beatMs } = pulseLimits
  expect(kitLimits.writerCutOffMs).toBeLessThan(deadAfterMs - beatMs)
})

test.runIf(hasRedis)(
  '[REL-22] a process that takes nobody more lives on, and nobody is carried there again',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const [one, two] = ['one', 'two'].map((id) =>
      pulse({ redis: link, log: quietLog, processId: () => id, sockets: () => 0 }),
    ) as [ReturnType<typeof pulse>, ReturnType<typeof pulse>]
    for (const end of [one.beat(), two.beat()]) onTestFinished(end)
    const carriers = async (of = two) => [...(await of.loads()).keys()].sort()
    await vi.waitFor(async () => expect(await carriers()).toEqual(['one', 'two']), 5_000)
    await one.leave()
    expect(await carriers()).toEqual(['two'])
    expect(await carriers(one)).toEqual(['two'])
    // Its signs of life bring it back on no list, and say that its rooms are its own.
    const signs = vi.spyOn(link.commands, 'multi')
    await vi.waitFor(() => expect(signs.mock.calls.length).toBeGreaterThan(2), 5_000)
    expect(await two.isAlive('one')).toBe(true)
    expect(await link.commands.smembers('odeon.processes')).toEqual(['two'])
  },
)

test.runIf(hasRedis)(
  '[REL-28] who asks while the processes are read waits for that reading, and is told of no older',
  async () => {
    const redis = await privateRedis()
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const of = (id: string) =>
      pulse({ redis: link, log: quietLog, processId: () => id, sockets: () => 0 })
    onTestFinished(of('one').beat())
    await vi.waitFor(async () => expect(await link.commands.exists('odeon.process.one')).toBe(1))
    const asker = of('two')
    const [some, more] = await Promise.all([asker.loads(), asker.loads()])
    expect([...some.keys()]).toEqual(['one'])
    expect(more).toBe(some)
  },
)
