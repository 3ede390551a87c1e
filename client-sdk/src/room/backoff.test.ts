import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('[SDK-07] pauses span 0.5 s at first, double, and never pass 30 s', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7, 20, 1_000].map((attempt) =>
    backoffMs({ attempt, awayMs: 60_000 }, () => 1),
  )
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
})

test('[SDK-07] a pause falls anywhere in its span, so that a crowd does not return in step', () => {
  expect(backoffMs({ attempt: 3, awayMs: 60_000 }, () => 0)).toBe(0)
  expect(backoffMs({ attempt: 3, awayMs: 60_000 }, () => 0.25)).toBe(1_000)
})

test('[SDK-07] a pause is no longer than the outage so far, or one second', () => {
  expect(backoffMs({ attempt: 6, awayMs: 4_000 }, () => 1)).toBe(4_000)
  expect(backoffMs({ attempt: 6, awayMs: 0 }, () => 1)).toBe(1_000)
})
