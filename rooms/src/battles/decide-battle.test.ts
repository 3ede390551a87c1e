// The life of a battle as a pure function: phases by the clock, decisions by name, the score.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type BattleRecord, nextChange, phaseOf } from './battle-record.ts'
import { type BattleAsk, decideBattle, isDue } from './decide-battle.ts'
import { openBattle } from './open-battle.ts'
import { battleLimits } from './protocol.ts'
import { pointsOfGift, type SideSum, teamsByPoints } from './score.ts'

const now = 1_000_000
const stream = (id: string) => {
  const channel = { channelId: `c-${id}`, channel: id, name: id, avatarUrl: null }
  return { id, ...channel, hostId: `host-${id}` }
}
const proposed = (rivals: string[], more: object = {}) => {
  const proposal = { by: 'a', rivals, partner: undefined, minutes: 1, giftId: null, terms: '' }
  return openBattle({
    id: 'battle',
    now,
    proposal: { ...proposal, ...more },
    streams: ['a', ...rivals].map(stream),
  })
}
const sumsOf = (points: Record<string, number>, more: Partial<SideSum> = {}): SideSum[] =>
  Object.entries(points).map(([streamId, of]) => {
    return { streamId, points: of, gifts: 0, people: 0, ...more }
  })
const decide = (
  battle: BattleRecord,
  ask: BattleAsk,
  at: number,
  sums: SideSum[] = sumsOf({ a: 0, b: 0 }),
) => decideBattle(battle, ask, { now: at, sums, heads: { a: 4, b: 9 } })
const must = (...asked: Parameters<typeof decide>): BattleRecord => {
  const decided = decide(...asked)
  if ('refused' in decided) throw new Error(decided.refused)
  return decided
}
const begun = () => must(proposed(['b']), { do: 'accept', streamId: 'b' }, now + 1_000)
const startsAt = now + 1_000 + battleLimits.countdownMs
const endsAt = startsAt + 60_000

it('[BTL-01] from the invitation to the end: phases follow the clock, to the millisecond', () => {
  const invited = proposed(['b'], { terms: 'Sing a song' })
  expect(phaseOf(invited, now)).toEqual({ phase: 'invited', until: now + 10_000 })
  const battle = must(invited, { do: 'accept', streamId: 'b' }, now + 1_000)
  expect(battle).toMatchObject({ version: 2, startsAt, endsAt, minutes: 1 })
  expect(battle.sides.map(({ fromN }) => fromN)).toEqual([4, 9])
  expect(phaseOf(battle, startsAt - 1).phase).toBe('countdown')
  expect(phaseOf(battle, startsAt).phase).toBe('scoring')
  expect(phaseOf(battle, endsAt - 1).phase).toBe('scoring')
  expect(phaseOf(battle, endsAt).phase).toBe('tally')
  expect(must(battle, { do: 'tend' }, endsAt + 1_999)).toBe(battle)
  const settled = must(battle, { do: 'tend' }, endsAt + 2_000, sumsOf({ a: 1, b: 7 }))
  expect(settled.outcome).toEqual({
    end: 'won',
    winner: 1,
    points: { a: 1, b: 7 },
    at: endsAt + 2_000,
  })
  const at = endsAt + 2_000
  expect(phaseOf(settled, at + 29_999).phase).toBe('victory')
  expect(phaseOf(settled, at + 30_000).phase).toBe('terms')
  expect(phaseOf(settled, at + 150_000)).toEqual({ phase: 'none', until: Infinity })
  // Whoever comes second finds it done.
  expect(must(settled, { do: 'tend' }, at + 5, sumsOf({ a: 100, b: 0 }))).toBe(settled)
  const draw = must(battle, { do: 'tend' }, at, sumsOf({ a: 3, b: 3 }))
  expect(draw.outcome).toMatchObject({ end: 'draw', winner: null })
  expect(phaseOf(draw, at + 30_000).phase).toBe('none')
})

it('[BTL-02] an invitation is turned down, taken back, or over by itself, and nothing comes late', () => {
  const invited = proposed(['b', 'c'])
  const one = must(invited, { do: 'accept', streamId: 'b' }, now + 1)
  expect(phaseOf(one, now + 2).phase).toBe('invited')
  const all = must(one, { do: 'accept', streamId: 'c' }, now + 2)
  expect(phaseOf(all, now + 2).phase).toBe('countdown')
  expect(must(one, { do: 'reject', streamId: 'c' }, now + 2).outcome?.end).toBe('rejected')
  expect(must(one, { do: 'reject', streamId: 'a' }, now + 2).outcome?.end).toBe('cancelled')
  expect(isDue(one, now + 9_999)).toBe(false)
  const expired = must(one, { do: 'tend' }, now + 10_000)
  expect(expired.outcome?.end).toBe('expired')
  const refusals: [BattleRecord, BattleAsk, number, string][] = [
    [one, { do: 'accept', streamId: 'c' }, now + 10_000, 'no_battle'],
    [expired, { do: 'accept', streamId: 'c' }, now + 10_001, 'no_battle'],
    [all, { do: 'reject', streamId: 'c' }, now + 5, 'no_battle'],
    [all, { do: 'accept', streamId: 'stranger' }, now + 5, 'no_battle'],
    [invited, { do: 'forfeit', streamId: 'b' }, now + 5, 'wrong_battle_phase'],
    [invited, { do: 'mist', streamId: 'b' }, now + 5, 'wrong_battle_phase'],
    [begun(), { do: 'overtime', streamId: 'b' }, startsAt + 1, 'wrong_battle_phase'],
    [begun(), { do: 'forfeit', streamId: 'b' }, endsAt, 'wrong_battle_phase'],
  ]
  for (const [battle, ask, at, refused] of refusals) {
    expect(decide(battle, ask, at), JSON.stringify(ask)).toEqual({ refused })
  }
})

it('[BTL-03] gifts asked between start and bell count, and what the ledger took in time', () => {
  const battle = begun()
  const gift = { giftId: 'rose', coins: 5, askedAt: startsAt, at: startsAt + 9 }
  const points = (more: object, of = battle) => pointsOfGift(of, 'a', { ...gift, ...more })
  expect(points({})).toBe(5)
  expect(points({ askedAt: startsAt - 1 })).toBe(0)
  expect(points({ askedAt: endsAt - 1, at: endsAt + 1_999 })).toBe(5)
  expect(points({ askedAt: endsAt })).toBe(0)
  expect(points({ askedAt: endsAt - 1, at: endsAt + 2_000 })).toBe(0)
  expect(points({}, { ...battle, giftId: 'rose' })).toBe(5)
  expect(points({}, { ...battle, giftId: 'kite' })).toBe(0)
  expect(points({}, proposed(['b']))).toBe(0)
})

it('[BTL-05] boosts go to the liveliest side behind, three times at most, each told ahead', () => {
  const quarter = 15_000
  const looked = [
    { streamId: 'a', points: 9, gifts: 50, people: 5 },
    { streamId: 'b', points: 3, gifts: 9, people: 1 },
    { streamId: 'c', points: 2, gifts: 1, people: 4 },
  ]
  const three = ['b', 'c'].reduce(
    (of, streamId) => must(of, { do: 'accept', streamId }, now + 1_000),
    proposed(['b', 'c']),
  )
  expect(isDue(three, startsAt + quarter - 1)).toBe(false)
  const at = startsAt + quarter
  const boosted = must(three, { do: 'tend' }, at, looked)
  expect(boosted.windows).toEqual([
    { kind: 'boost', streamId: 'c', from: at + 3_000, until: at + 33_000 },
  ])
  expect(boosted.boosts).toMatchObject([
    { slot: 1, streamId: 'c', looked: [{ engagement: 100 }, {}, {}] },
  ])
  // Twice in the window, not before and not behind it, and for nobody else.
  const of = (streamId: string, askedAt: number) =>
    pointsOfGift(boosted, streamId, { giftId: 'rose', coins: 10, askedAt, at: askedAt })
  expect([of('c', at), of('c', at + 3_000), of('c', at + 32_999), of('c', at + 33_000)]).toEqual([
    10, 20, 20, 10,
  ])
  expect(of('b', at + 3_000)).toBe(10)
  // A second room that sees the same quarter changes nothing; even sides get nothing.
  expect(must(boosted, { do: 'tend' }, at + 1, looked)).toBe(boosted)
  const even = must(boosted, { do: 'tend' }, at + quarter, sumsOf({ a: 4, b: 4, c: 4 }))
  expect(even.boosts.at(-1)).toMatchObject({ slot: 2, streamId: '' })
  expect(even.windows).toHaveLength(1)
  // Nobody looked in two quarters: they had their turn.
  const late = must(three, { do: 'tend' }, startsAt + 3 * quarter, looked)
  expect(late.boosts.map(({ slot, streamId }) => `${slot} ${streamId}`)).toEqual([
    '1 ',
    '2 ',
    '3 c',
  ])
})

it('[BTL-06] overtime moves the bell by ten seconds, thrice, in the last seconds, for who is behind', () => {
  let battle = begun()
  const behind = sumsOf({ a: 9, b: 1 })
  const ask = { do: 'overtime', streamId: 'b' } as const
  expect(decide(battle, ask, endsAt - 30_001, behind)).toEqual({ refused: 'wrong_battle_phase' })
  expect(decide(battle, ask, endsAt - 999, behind)).toEqual({ refused: 'wrong_battle_phase' })
  expect(decide(battle, { ...ask, streamId: 'a' }, endsAt - 9_000, behind)).toEqual({
    refused: 'not_trailing',
  })
  for (const times of [1, 2, 3]) {
    battle = must(battle, ask, battle.endsAt - 5_000, behind)
    expect(battle).toMatchObject({ overtimes: times, endsAt: endsAt + times * 10_000 })
  }
  expect(decide(battle, ask, battle.endsAt - 5_000, behind)).toEqual({ refused: 'power_used' })
})

it('[BTL-07] who gives up or stays away loses; with several left the others go on', () => {
  const battle = begun()
  const sums = sumsOf({ a: 5, b: 90 })
  const given = must(battle, { do: 'forfeit', streamId: 'b' }, startsAt + 5, sums)
  expect(given.outcome).toEqual({
    end: 'forfeit',
    winner: 0,
    points: { a: 5, b: 90 },
    at: startsAt + 5,
  })
  expect(phaseOf(given, startsAt + 6).phase).toBe('victory')

  const until = startsAt + 40_000
  const away = must(battle, { do: 'away', streamId: 'a', until }, startsAt + 10_000)
  expect(must(away, { do: 'away', streamId: 'a', until: until + 9 }, startsAt + 11_000)).toBe(away)
  const back = must(away, { do: 'back', streamId: 'a' }, startsAt + 20_000)
  expect(back.sides[0]?.awayUntil).toBe(0)
  expect(must(away, { do: 'tend' }, until, sums).outcome).toMatchObject({
    end: 'forfeit',
    winner: 1,
  })

  const three = ['b', 'c'].reduce(
    (of, streamId) => must(of, { do: 'accept', streamId }, now + 1_000),
    proposed(['b', 'c']),
  )
  const two = must(
    three,
    { do: 'forfeit', streamId: 'c' },
    startsAt + 9,
    sumsOf({ a: 0, b: 1, c: 99 }),
  )
  expect(phaseOf(two, startsAt + 10).phase).toBe('scoring')
  const settled = must(two, { do: 'tend' }, endsAt + 2_000, sumsOf({ a: 2, b: 1, c: 99 }))
  expect(settled.outcome).toMatchObject({ end: 'won', winner: 0 })
})

it('[BTL-09] two against two: a team has what its sides have together', () => {
  const battle = proposed(['b', 'c', 'd'], { partner: 'c' })
  expect(battle.sides.map(({ streamId, team }) => `${streamId}${team}`)).toEqual([
    'a0',
    'b1',
    'c0',
    'd1',
  ])
  expect(teamsByPoints(battle.sides, sumsOf({ a: 4, b: 6, c: 3, d: 0 }))).toEqual([
    { team: 0, points: 7 },
    { team: 1, points: 6 },
  ])
})

it('[BTL-02] whatever is asked in whatever order, a battle goes forward and ends once', () => {
  const what = ['accept', 'reject', 'forfeit', 'mist', 'overtime', 'away', 'back', 'tend'] as const
  const step = fc.record({
    do: fc.constantFrom(...what),
    streamId: fc.constantFrom('a', 'b', 'c', 'x'),
    afterMs: fc.oneof(fc.nat(5_000), fc.nat(40_000)),
    points: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)),
  })
  const order = ['none', 'invited', 'countdown', 'scoring', 'tally', 'victory', 'terms']
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let battle = proposed(['b', 'c'], { terms: 'Dance' })
      let [at, reached] = [now, 1]
      for (const { do: asked, streamId, afterMs, points } of steps) {
        at += afterMs
        const [a, b, c] = points
        const ask = { do: asked, streamId, until: at + 30_000 } as BattleAsk
        const decided = decide(battle, ask, at, sumsOf({ a, b, c }))
        if (!('refused' in decided)) {
          expect(decided.version - battle.version).toBeLessThanOrEqual(1)
          if (battle.outcome !== null) expect(decided).toBe(battle)
          battle = decided
        }
        const place = order.indexOf(phaseOf(battle, at).phase)
        if (place > 0) expect(place).toBeGreaterThanOrEqual(reached)
        reached = Math.max(reached, place)
        expect(battle.overtimes).toBeLessThanOrEqual(3)
        expect(battle.windows.length).toBeLessThanOrEqual(6)
        const next = nextChange(battle, at)
        if (next !== undefined) expect(next).toBeGreaterThan(at)
      }
      // Left alone it is over.
      const end = at + 31 * 60_000
      const last = decide(battle, { do: 'tend' }, end, sumsOf({ a: 1, b: 2, c: 3 }))
      const over = 'refused' in last ? battle : last
      expect(over.outcome).not.toBeNull()
      expect(phaseOf(over, end + 151_000).phase).toBe('none')
    }),
    { seed: 20261129, numRuns: 500 },
  )
})
