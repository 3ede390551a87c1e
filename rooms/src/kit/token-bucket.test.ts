import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

it('[KIT-05] an allowance is its burst at once, then its rate, and says how long to wait', () => {
  const bucket = new TokenBucket({ perSecond: 3, burst: 5 }, 0)
  expect([0, 0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 0, 0])
  const waitMs = bucket.take(0)
  expect(waitMs).toBeCloseTo(333.3, 0)
  expect(bucket.take(waitMs + 1)).toBe(0)
})

it('[KIT-05] over any time no more than burst + rate × time passes, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 400 }), { maxLength: 400 }), (steps) => {
      const bucket = new TokenBucket({ perSecond: 10, burst: 20 }, 0)
      let now = 0
      let highest = 0
      let backwardsMs = 0
      let taken = 0
      for (const step of steps) {
        now += step
        backwardsMs += Math.max(0, -step)
        highest = Math.max(highest, now)
        if (bucket.take(now) === 0) taken += 1
      }
      expect(taken).toBeLessThanOrEqual(20 + ((highest + backwardsMs) / 1000) * 10 + 1)
    }),
  )
})
