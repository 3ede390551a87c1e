import { describe, expect, test } from 'vitest'
import { fillOrder, seatsFor, seatsTaken } from './crowd-seats.ts'

describe('the crowd on the stage', () => {
  test.each([
    [390, 844],
    [560, 900],
    [1_080, 640],
    [2_400, 1_300],
  ])('[WEB-03] seats of a %i × %i stage are bounded and lie below the light', (width, height) => {
    const seats = seatsFor(width, height)
    expect(seats.length).toBeGreaterThan(40)
    expect(seats.length).toBeLessThanOrEqual(420)
    for (const seat of seats) expect(seat.y).toBeGreaterThan(height * 0.5)
    expect(new Set(fillOrder(seats)).size).toBe(seats.length)
  })

  test('[WEB-03] a small crowd has one seat each, a large one never overfills', () => {
    expect(seatsTaken(0, 300)).toBe(0)
    expect(seatsTaken(90, 300)).toBe(90)
    expect(seatsTaken(19_000, 300)).toBeLessThanOrEqual(300)
    expect(seatsTaken(900, 300)).toBeGreaterThan(seatsTaken(300, 300))
  })
})
