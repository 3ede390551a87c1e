import fc from 'fast-check'
import { expect, it } from 'vitest'
import { someCard } from '../testing/memory-directory.ts'
import { decayedRank, Listings } from './listings.ts'
import { byRank, lobbyLimits, momentaryRank, pulseText, readPulse, shownRank } from './protocol.ts'

it('[LOB-05] a rank halves in ten minutes and is never below what is going on now', () => {
  const before = { rank: 1_000, at: 0 }
  expect(decayedRank(before, 0, lobbyLimits.rankHalfLifeMs)).toBe(500)
  expect(decayedRank(before, 700, lobbyLimits.rankHalfLifeMs)).toBe(700)
  expect(decayedRank(undefined, 3, 0)).toBe(3)
  expect(momentaryRank(someCard('a', { viewers: 10, chattersInFiveMinutes: 5 }))).toBe(30)
  expect(momentaryRank(someCard('a', { viewers: 10, coinsInFiveMinutes: 500 }))).toBe(60)
})

it('[LOB-05] it decays the same whether asked often or seldom', () => {
  const often = new Listings(0)
  const seldom = new Listings(0)
  const loud = someCard('a', { viewers: 800 })
  const quiet = someCard('a', { viewers: 1 })
  for (const listings of [often, seldom]) listings.hear(listings.rank(loud, 0), 0)
  for (let now = 2_000; now <= 600_000; now += 2_000) often.hear(often.rank(quiet, now), now)
  expect(often.cards()[0]?.rank).toBeCloseTo(seldom.rank(quiet, 600_000).rank)
  expect(often.cards()[0]?.rank).toBeCloseTo(400)
})

it('[LOB-05] three digits of a rank are shown', () => {
  const shown = [0, 0.4, 7, 999, 1_004, 1_005, 123_456].map(shownRank)
  expect(shown).toEqual([0, 0, 7, 999, 1_000, 1_010, 123_000])
})

it('[LOB-06] the order is one: highest shown rank, then the first to begin, then the id', () => {
  const card = fc.record({
    rank: fc.integer({ min: 0, max: 2_000 }),
    startedAt: fc.integer({ min: 0, max: 3 }),
    streamId: fc.constantFrom('a', 'b', 'c'),
  })
  fc.assert(
    fc.property(card, card, card, (one, two, three) => {
      expect(Math.sign(byRank(one, two)) + Math.sign(byRank(two, one))).toBe(0)
      if (byRank(one, two) <= 0 && byRank(two, three) <= 0) {
        expect(byRank(one, three)).toBeLessThanOrEqual(0)
      }
    }),
  )
  const ranked = [
    { rank: 1_001, startedAt: 2, streamId: 'b' },
    { rank: 1_004, startedAt: 2, streamId: 'a' },
    { rank: 1_000, startedAt: 1, streamId: 'c' },
    { rank: 1_010, startedAt: 9, streamId: 'd' },
  ]
  expect(ranked.sort(byRank).map(({ streamId }) => streamId)).toEqual(['d', 'c', 'a', 'b'])
})

it('[LOB-09] a pulse is one letter a period, exact up to 4 and within 9 % above', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 24 }), (points) => {
      const read = readPulse(pulseText(points))
      expect(read).toHaveLength(points.length)
      for (const [at, point] of points.entries()) {
        const off = Math.abs((read[at] as number) - point)
        expect(off).toBeLessThanOrEqual(point <= 4 ? 0 : (point + 1) * 0.091 + 0.5)
      }
    }),
  )
  expect(pulseText(Array.from({ length: 40 }, () => 1))).toHaveLength(lobbyLimits.pulsePoints)
  expect(readPulse(pulseText([-1, 1e9]))).toEqual([0, expect.any(Number)])
})

it('[LOB-02] silence is told once; a listener that stopped hears nothing', () => {
  const listings = new Listings(0)
  const told: string[] = []
  const stop = listings.subscribe((streamId, card) => told.push(`${streamId} ${card !== null}`))
  listings.hear(listings.rank(someCard('a'), 0), 0)
  for (let now = 1_000; now <= 9_000; now += 1_000) listings.sweep(now)
  expect(told).toEqual(['a true', 'a false'])
  stop()
  listings.hear(listings.rank(someCard('a'), 9_000), 9_000)
  expect(told).toHaveLength(2)
})

it('[LOB-06] a process knows a bounded number of streams', () => {
  const listings = new Listings(0)
  const hear = (n: number) => listings.hear({ ...someCard(`s${n}`), rank: 1 }, 0)
  for (let n = 0; n < lobbyLimits.knownMax; n += 1) expect(hear(n)).toBe(true)
  expect(hear(lobbyLimits.knownMax)).toBe(false)
  expect(hear(5)).toBe(true)
})
