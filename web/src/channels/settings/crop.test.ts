import { expect, test } from 'vitest'
import { isMiddle, middle, moved, partOf, zoomed, zoomMax } from './crop.ts'

const wide = { width: 1_200, height: 600 }

test('[WEB-85] at first as much as fits is taken, from the middle', () => {
  expect(partOf(wide, 1, middle)).toEqual({ left: 300, top: 0, width: 600, height: 600 })
  expect(partOf({ width: 300, height: 900 }, 3, middle)).toEqual({
    left: 0,
    top: 400,
    width: 300,
    height: 100,
  })
  expect(isMiddle(middle)).toBe(true)
})

test('[WEB-85] the picture follows the finger and never leaves the window', () => {
  const right = moved(wide, 1, middle, 0.25, 0.5)
  expect(partOf(wide, 1, right)).toEqual({ left: 150, top: 0, width: 600, height: 600 })
  expect(right.y).toBe(0.5)
  for (const [dx, left] of [
    [9, 0],
    [-9, 600],
  ] as const) {
    expect(partOf(wide, 1, moved(wide, 1, middle, dx, 0)).left).toBe(left)
  }
})

test('[WEB-85] zooming keeps what is in the middle, within bounds', () => {
  const right = moved(wide, 1, middle, 0.25, 0)
  const near = zoomed(wide, 1, right, 2)
  expect(partOf(wide, 1, near)).toEqual({ left: 300, top: 150, width: 300, height: 300 })
  expect(partOf(wide, 1, zoomed(wide, 1, near, 1))).toEqual(partOf(wide, 1, right))
  expect(zoomed(wide, 1, middle, 99).zoom).toBe(zoomMax)
  expect(zoomed(wide, 1, middle, 0).zoom).toBe(1)
})
