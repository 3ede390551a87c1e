import { expect, test } from 'vitest'
import { encoderStanding } from './encoder-standing.ts'

test('[STU-10] what an encoder lacks is told once it had time to begin, and its loss at once', () => {
  const now = 1_000_000
  const there = { since: now - 10_000, hasPicture: true, hasSound: true, lostAt: 0 }
  const of = (facts: Partial<typeof there>) => encoderStanding({ ...there, ...facts }, now)
  expect(of({})).toBe('good')
  expect(of({ hasSound: false })).toBe('noSound')
  expect(of({ hasPicture: false })).toBe('noPicture')
  expect(of({ hasPicture: false, hasSound: false })).toBe('nothing')
  expect(of({ since: now - 4_999, hasSound: false })).toBe('starting')
  expect(of({ since: now })).toBe('good')
  const none = { since: 0, hasPicture: false, hasSound: false }
  expect(of({ ...none, lostAt: now })).toBe('lost')
  // The clock of this machine is behind.
  expect(of({ ...none, lostAt: now + 3_000 })).toBe('lost')
  expect(of({ ...none, lostAt: now - 60_000 })).toBe('gone')
})
