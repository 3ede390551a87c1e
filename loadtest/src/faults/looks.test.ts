import { expect, test } from 'vitest'
import { Times } from '../load/timings.ts'
import { DatedReplies } from './dated-replies.ts'
import { backAfterMs, type Look, normalAfterMs, p99Between, sharesBackAfterMs } from './looks.ts'

/** One a second, each with a hundred lines as late as it says. */
const seen = (...all: [ms: number, open: number][]): Look[] =>
  all.map(([ms, open], at) => {
    const latency = new Times()
    for (let n = 0; n < 100; n += 1) latency.add(BigInt(ms * 1_000_000))
    return { atMs: at * 1_000, open, latency }
  })

// 0 … 3 before, the fault at 3,000 ms, its end at 4,000.
const looks = seen(
  [100, 9],
  [100, 9],
  [100, 9],
  [100, 9],
  [800, 4],
  [600, 7],
  [120, 9],
  [110, 9],
  [100, 9],
  [100, 9],
)

test('[LOD-21] it is as before when all that is left is, not when one moment is', () => {
  expect(p99Between(looks, 0, 3_000)).toBeCloseTo(100, -1)
  expect(normalAfterMs(looks, 4_000, 150)).toBe(1_000)
  expect(normalAfterMs(looks, 4_000, 90)).toBeUndefined()
})

test('[LOD-21] all are back when the last one is, and those who stay away are no zero', () => {
  expect(backAfterMs(looks, 3_000, 9)).toBe(3_000)
  expect(backAfterMs(looks, 6_000, 9)).toBe(0)
  expect(backAfterMs(looks, 3_000, 10)).toBeUndefined()
})

test('[LOD-21] how a crowd comes back is told by its shares', () => {
  const shares = sharesBackAfterMs(looks, 3_000, 9)
  expect(shares.map(([share]) => share)).toEqual([0.25, 0.5, 0.75, 0.9, 0.99])
  expect(shares.map(([, ms]) => ms)).toEqual([2_000, 2_000, 3_000, 3_000, 3_000])
  expect(sharesBackAfterMs(looks, 6_000, 9)).toEqual([])
  expect(sharesBackAfterMs(looks, 3_000, 100).length).toBe(0)
})

test('[LOD-21] somebody writes again when a line is accepted that was said after the fault', () => {
  const replies = new DatedReplies()
  const beganMs = performance.now()
  expect(replies.firstAfterMs(beganMs - 500)).toBeUndefined()
  replies.add(1_000_000_000n)
  expect(replies.firstAfterMs(beganMs - 500)).toBeUndefined()
  replies.add(100_000_000n)
  expect(replies.firstAfterMs(beganMs - 500)).toBeGreaterThanOrEqual(500)
  expect(replies.cameBetween(beganMs, Number.POSITIVE_INFINITY)).toBe(2)
  expect(replies.cameBetween(beganMs - 500, beganMs)).toBe(0)
})
