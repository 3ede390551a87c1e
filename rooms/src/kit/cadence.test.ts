import { expect, it } from 'vitest'
import { frameIntervalMs } from './cadence.ts'
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
