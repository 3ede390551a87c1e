import { expect, onTestFinished, test, vi } from 'vitest'
import { type AudienceDeps, audienceLimits, startAudience } from './audience.ts'
import { scripts } from './scripts.ts'

test('[RUN-55] an audience that cannot come in tries again and says so once', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const said: string[] = []
  const say = (level: string) => () => void said.push(level)
  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
  const host = { id: 'host' } as AudienceDeps['host']
  const [, script] = scripts[0]!
  const audience = startAudience({
    url: 'http://127.0.0.1:1',
    service: {} as AudienceDeps['service'],
    newId: () => 'id',
    log,
    host,
    audience: [],
    script,
    openStream: () => Promise.reject(new Error('nobody is in front yet')),
    seed: 1,
  })
  const [, retryMsMax] = audienceLimits.retryMs
  for (let tries = 0; tries < 6; tries += 1) await vi.advanceTimersByTimeAsync(retryMsMax)
  await audience.stop()
  expect(said.length).toBeGreaterThanOrEqual(6)
  expect(said.slice(0, 5)).toEqual(['debug', 'debug', 'debug', 'warn', 'debug'])
  expect(said.filter((level) => level !== 'debug')).toEqual(['warn'])
})
