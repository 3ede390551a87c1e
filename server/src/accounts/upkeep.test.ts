import { afterEach, expect, test, vi } from 'vitest'
import { recordingLog } from '../platform/testing/quiet-log.ts'
import { keepSessionsTidy } from './upkeep.ts'

afterEach(() => vi.useRealTimers())

test('[ACC-28] old sign-ins are forgotten at start and every hour, until the end', async () => {
  vi.useFakeTimers()
  let rounds = 0
  const end = keepSessionsTidy({ purge: async () => (rounds += 1) }, recordingLog().log)
  expect(rounds).toBe(1)
  await vi.advanceTimersByTimeAsync(2 * 3600_000)
  expect(rounds).toBe(3)
  await end()
  await vi.advanceTimersByTimeAsync(2 * 3600_000)
  expect(rounds).toBe(3)
})

test('[ACC-28] a database that is away is a warning and no more', async () => {
  const { log, lines } = recordingLog()
  const end = keepSessionsTidy({ purge: () => Promise.reject(new Error('away')) }, log)
  await end()
  expect(lines).toMatchObject([{ level: 'warn', text: 'could not forget old sign-ins' }])
})
