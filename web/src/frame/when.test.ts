import { expect, test } from 'vitest'
import { clockOf } from './clock.ts'
import { agoOf, dayOf } from './when.ts'

test('[WEB-04] elapsed time reads as a clock', () => {
  expect([0, 59_999, 65_000, 3_600_000, 3_729_000].map(clockOf)).toEqual([
    '0:00',
    '0:59',
    '1:05',
    '1:00:00',
    '1:02:09',
  ])
})

test('[WEB-04] past moments read as people say them', () => {
  const ago = (seconds: number) => agoOf(0, seconds * 1_000, 'en', 'just now')
  expect([20, 61, 7_300, 90_000].map(ago)).toEqual([
    'just now',
    '1 minute ago',
    '2 hours ago',
    'yesterday',
  ])
})

test('[WEB-68] days are named as people name them', () => {
  const noon = new Date(2026, 10, 20, 12).getTime()
  const hours = (count: number) => dayOf(noon + count * 3_600_000, noon, 'en')
  expect([1, 11, 13, 40, 24 * 4, 24 * 9].map(hours)).toEqual([
    'today',
    'today',
    'tomorrow',
    'Sunday',
    'Tuesday',
    'Nov 29, 2026',
  ])
})
