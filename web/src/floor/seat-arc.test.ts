import { describe, expect, test } from 'vitest'
import { seatArc, seatSizes } from './seat-arc.ts'

const halls = [
  [1_060, 520],
  [520, 700],
  [366, 380],
] as const

describe('speakers sit in an arc', () => {
  test.each(halls)('[VOI-02] in a hall of %i × %i nobody covers anybody', (width, height) => {
    for (const count of [1, 2, 3, 5, 8, 12, 30, 100]) {
      const arc = seatArc({ count, width, height })
      expect(arc.places).toHaveLength(count)
      for (const [index, { x, top }] of arc.places.entries()) {
        expect(x - arc.size / 2).toBeGreaterThanOrEqual(0)
        expect(x + arc.size / 2).toBeLessThanOrEqual(width)
        expect(top + arc.seatHeight).toBeLessThanOrEqual(arc.height + 0.001)
        for (const other of arc.places.slice(index + 1)) {
          const isAside = Math.abs(other.x - x) >= arc.seatWidth - 0.001
          const isBelow = Math.abs(other.top - top) >= arc.seatHeight - 0.001
          expect(isAside || isBelow).toBe(true)
        }
      }
    }
  })

  test('[VOI-02] the host sits in the middle, farthest; circles shrink before anybody scrolls', () => {
    const five = seatArc({ count: 5, width: 1_060, height: 520 })
    expect(five.places[0]?.x).toBe(530)
    expect(Math.min(...five.places.map(({ top }) => top))).toBe(five.places[0]?.top)
    expect(five.size).toBe(seatSizes[0])
    const many = seatArc({ count: 24, width: 1_060, height: 520 })
    expect(many.size).toBeLessThan(seatSizes[0])
    expect(many.height).toBe(520)
    expect(seatArc({ count: 100, width: 366, height: 380 }).height).toBeGreaterThan(380)
  })
})
