import { expect, test } from 'vitest'
import { slopeOf } from './slope.ts'

test('[LOD-17] a saw has the slope of its ground, whatever stands out of it', () => {
  const saw = (slope: number) =>
    Array.from({ length: 1_200 }, (_, x) => [x, 1_000 + slope * x + (x % 40)] as const)
  expect(slopeOf(saw(0))).toBeCloseTo(0, 1)
  expect(slopeOf(saw(3))).toBeCloseTo(3, 1)
  const spiked = saw(2).map(([x, y]) => [x, x % 100 === 0 ? y + 10_000 : y] as const)
  expect(slopeOf(spiked)).toBeCloseTo(2, 1)
})
