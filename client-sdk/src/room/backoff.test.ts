import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('[SDK-07] pauses span 0.5 s at first, double, and never pass 30 s', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7, 20, 1_000].map((attempt) => backoffMs(attempt, () => 1))
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
})

test('[SDK-07] a pause falls anywhere in its span, so that a crowd does not return in step', () => {
  expect(backoffMs(3, () => 0)).toBe(0)
  expect(backoffMs(3, () => 0.25)).toBe(1_000)
})
