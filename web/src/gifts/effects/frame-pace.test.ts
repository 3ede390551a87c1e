import { expect, test } from 'vitest'
import { FramePace, paceLimits } from './frame-pace.ts'

const frames = (pace: FramePace, count: number, ms: number) =>
  Array.from({ length: count }, () => pace.took(ms)).filter(Boolean).length

test('[WEB-193] frames in time change nothing, nor do a few late ones', () => {
  const pace = new FramePace()
  expect(frames(pace, 600, 16.7)).toBe(0)
  for (let i = 0; i < 50; i++) {
    pace.took(40)
    frames(pace, 4, 16.7)
  }
  expect(pace.quality).toEqual(paceLimits.steps[0])
})

test('[WEB-193] late frames lead to less, and a machine that is late all the same to nothing', () => {
  const pace = new FramePace()
  expect(frames(pace, paceLimits.lateMax, 40)).toBe(1)
  expect(pace.quality).toEqual(paceLimits.steps[1])
  expect(frames(pace, 4, 900)).toBe(1)
  expect(pace.quality).toEqual(paceLimits.steps[2])
  expect(frames(pace, 100, 900)).toBe(1)
  expect(pace.quality).toBeUndefined()
})
