import { describe, expect, test } from 'vitest'
import { hashOf, nameColour, nameColours } from './name-colours.ts'

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe('names in chat', () => {
  test('[WEB-06] every colour passes AAA on the grounds of both themes', () => {
    for (const [paper, house] of nameColours) {
      for (const ground of ['#fbf9f6', '#ffffff']) {
        expect(contrast(paper, ground), `${paper} on ${ground}`).toBeGreaterThanOrEqual(7)
      }
      for (const ground of ['#131019', '#1b1724', '#262033']) {
        expect(contrast(house, ground), `${house} on ${ground}`).toBeGreaterThanOrEqual(7)
      }
    }
  })

  test('[WEB-06] a person keeps their colour, and people differ', () => {
    expect(nameColour('user-1')).toBe(nameColour('user-1'))
    const seen = new Set(Array.from({ length: 200 }, (_, i) => hashOf(`user-${i}`) % 14))
    expect(seen.size).toBe(nameColours.length)
  })
})
