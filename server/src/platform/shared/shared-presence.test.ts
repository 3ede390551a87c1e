// What anybody who reaches Redis may say on a topic: the process and its listeners go on.
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../redis.ts'
import { demandRedis, hasRedis, privateRedis } from '../testing/private-redis.ts'
import { recordingLog } from '../testing/quiet-log.ts'
import { SharedPresence } from './shared-presence.ts'

demandRedis()

test.runIf(hasRedis)(
  '[RED-08] what is said on a topic and means nothing is logged and ends no process',
  async () => {
    const redis = await privateRedis()
    const { log, lines } = recordingLog()
    const link = await openRedis(redis.url, log)
    onTestFinished(() => link.close())
    const presence = new SharedPresence(link.commands, log)
    const heard: unknown[] = []
    // As Colyseus takes apart what other processes ask of this one.
    await presence.subscribe('asks', (message) => {
      const [method] = message as [string]
      heard.push(method)
    })
    const nonsense = ['null', '7', '{"a":1}', 'no JSON', '']
    for (const said of [...nonsense, '["asked"]']) await link.commands.publish('asks', said)
    await vi.waitFor(() => expect(heard).toEqual(['asked']))
    const told = lines.filter(({ text }) => text.includes('not understood'))
    expect(told.map(({ facts }) => (facts as { topic: string }).topic)).toEqual([
      'asks',
      'asks',
      'asks',
    ])
  },
)
