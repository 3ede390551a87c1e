import { expect, test } from 'vitest'
import { slopeOf } from './slope.ts'

const saw = (slope: number, period: number, height: number) =>
  Array.from({ length: 1_260 }, (_, x) => {
    const above = ((x % period) / period) * height
    return [x, 1_000 + slope * x + above] as const
  })

test('[LOD-17] a saw has the slope of its ground, whatever stands out of it', () => {
  for (const period of [40, 155, 170]) {
    expect(slopeOf(saw(0, period, 100)), `period ${period}`).toBeCloseTo(0, 1)
    expect(slopeOf(saw(3, period, 100)), `period ${period}`).toBeCloseTo(3, 0)
  }
  const spiked = saw(2, 40, 40).map(([x, y]) => [x, x % 100 === 0 ? y + 10_000 : y] as const)
  expect(slopeOf(spiked)).toBeCloseTo(2, 1)
})
