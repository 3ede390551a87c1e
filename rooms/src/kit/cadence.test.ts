import { expect, it, vi } from 'vitest'
import { frameIntervalMs, Turns } from './cadence.ts'
import { kitLimits } from './protocol.ts'

it('[FRM-07] small rooms speak at once, large ones inside the write budget', () => {
  expect(frameIntervalMs(2)).toBe(0)
  expect(frameIntervalMs(50)).toBe(0)
  expect(frameIntervalMs(51)).toBe(50)
  expect(frameIntervalMs(1_000)).toBe(50)
  expect(frameIntervalMs(15_000)).toBe(150)
  for (const audience of [51, 999, 5_000, 19_000]) {
    const writes = (audience * 1000) / frameIntervalMs(audience)
    expect(writes).toBeLessThanOrEqual(kitLimits.writesPerSecond)
  }
})

it('[REL-27] turns are spread over a beat, also when all ask at once', () => {
  vi.useFakeTimers()
  try {
    const turns = new Turns()
    expect([1, 2, 3, 4].map(() => turns.take(25))).toEqual([0, 25, 50, 75])
    vi.advanceTimersByTime(60)
    expect([1, 2].map(() => turns.take(25))).toEqual([40, 65])
    vi.advanceTimersByTime(10_000)
    expect(turns.take(25)).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
