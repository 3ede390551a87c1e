import { expect, test } from 'vitest'
import { RoomsOver } from './rooms-over.ts'

test('[MED-19] rooms that are over are known for a quarter of an hour, and not without end', () => {
  const over = new RoomsOver()
  over.add('a', 0)
  expect([over.has('a', 899_999), over.has('a', 900_000), over.has('b', 0)]).toEqual([
    true,
    false,
    false,
  ])
  over.add('a', 500_000)
  expect(over.has('a', 1_300_000)).toBe(true)
  over.remove('a')
  expect(over.has('a', 500_001)).toBe(false)
  for (let n = 0; n <= 10_000; n += 1) over.add(`room ${n}`, 600_000)
  expect([over.has('room 0', 600_000), over.has('room 1', 600_000)]).toEqual([false, true])
})
