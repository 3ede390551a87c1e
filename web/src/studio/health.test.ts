import { expect, test } from 'vitest'
import { bitrateOf, gradeOf, percentOf } from './health.ts'

test('[STU-08] the worst figure decides how well a stream travels', () => {
  const rows: [bitrateBps: number, loss: number, trip: number | undefined, grade: string][] = [
    [2_400_000, 0, 40, 'good'],
    [2_400_000, 0, undefined, 'good'],
    [2_400_000, 0.03, 40, 'fair'],
    [2_400_000, 0, 240, 'fair'],
    [2_400_000, 0.2, 40, 'poor'],
    [2_400_000, 0, 900, 'poor'],
    [70_000, 0, 40, 'good'],
    [2_000, 0, 40, 'poor'],
  ]
  for (const [bitrateBps, lossShare, rttMs, grade] of rows) {
    expect(gradeOf({ bitrateBps, lossShare, rttMs }, true), String(rttMs)).toBe(grade)
  }
  // Of a voice alone there may be silence.
  expect(gradeOf({ bitrateBps: 2_000, lossShare: 0, rttMs: 40 }, false)).toBe('good')
})

test('[STU-08] figures are short', () => {
  expect(bitrateOf(2_449_000)).toEqual({ unit: 'mbps', value: '2.4' })
  expect(bitrateOf(64_499)).toEqual({ unit: 'kbps', value: '64' })
  expect([0, 0.004, 0.25].map(percentOf)).toEqual(['0', '0.4', '25'])
})
