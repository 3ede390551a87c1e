// What a page makes of a battle's state: order, shares, mist, boosts and what is called out.
import { expect, it } from 'vitest'
import {
  type BattleNow,
  type BattleSideNow,
  boostOf,
  lastCallOf,
  leaderOf,
  sharesOf,
  sidesInOrder,
  teamsOf,
} from './battle-view.ts'

const side = (streamId: string, team: number, more: Partial<BattleSideNow> = {}) =>
  ({
    streamId,
    channel: streamId,
    name: streamId,
    avatarUrl: '',
    hostId: `host-${streamId}`,
    team,
    hasAccepted: true,
    hasForfeited: false,
    hasMisted: false,
    points: 0,
    awayUntil: 0,
    boostFrom: 0,
    boostUntil: 0,
    mistUntil: 0,
    ...more,
  }) as BattleSideNow

const battle = (sides: readonly BattleSideNow[], more: Partial<BattleNow> = {}) =>
  ({ id: 'one', phase: 'scoring', endsAt: 100_000, sides, ...more }) as BattleNow

it('[WEB-200] the own side stands first, beside it who fights with it', () => {
  const four = battle([side('a', 0), side('b', 1), side('c', 0), side('d', 1)])
  const orderFor = (id: string) => sidesInOrder(four, id).map(({ streamId }) => streamId)
  expect(orderFor('a')).toEqual(['a', 'c', 'b', 'd'])
  expect(orderFor('d')).toEqual(['d', 'b', 'a', 'c'])
  expect(teamsOf(four, 'd').map(({ team }) => team)).toEqual([1, 0])
})

it('[WEB-201] a team has what its sides have, and each stays in view', () => {
  const four = battle([
    side('a', 0, { points: 30 }),
    side('b', 1),
    side('c', 0, { points: 60 }),
    side('d', 1, { points: 10 }),
  ])
  const teams = teamsOf(four, 'a')
  expect(teams.map(({ points }) => points)).toEqual([90, 10])
  const [own = 0, other = 0] = sharesOf(teams)
  expect(own).toBeCloseTo(0.74)
  expect(own + other).toBeCloseTo(1)
  expect(sharesOf([{ points: 0 }, { points: 0 }])).toEqual([0.5, 0.5])
  expect(Math.min(...sharesOf([{ points: 1e9 }, { points: 0 }]))).toBeCloseTo(0.2)
})

it('[WEB-201] a mist hides the rival, never the own side, and nobody is called the leader', () => {
  const two = battle([side('a', 0, { points: 5, mistUntil: 9 }), side('b', 1, { points: 9 })])
  expect(teamsOf(two, 'a').map(({ isHidden }) => isHidden)).toEqual([false, false])
  expect(leaderOf(teamsOf(two, 'a'))?.team).toBe(1)
  expect(teamsOf(two, 'b').map(({ isHidden }) => isHidden)).toEqual([false, true])
  expect(leaderOf(teamsOf(two, 'b'))).toBeUndefined()
  const over = battle(two.sides, { phase: 'victory' })
  expect(teamsOf(over, 'b').some(({ isHidden }) => isHidden)).toBe(false)
})

it('[WEB-201] who gave up leads nobody, and equals lead nobody', () => {
  const sides = [side('a', 0, { points: 9, hasForfeited: true }), side('b', 1), side('c', 2)]
  expect(leaderOf(teamsOf(battle(sides), 'a'))).toBeUndefined()
  const [a, b, c] = sides as [BattleSideNow, BattleSideNow, BattleSideNow]
  expect(leaderOf(teamsOf(battle([a, b, { ...c, points: 1 }]), 'a'))?.team).toBe(2)
})

it('[WEB-203] a boost counts down to its begin, then to its end', () => {
  const boosted = side('a', 0, { boostFrom: 3_000, boostUntil: 33_000 })
  expect(boostOf(boosted, 500)).toEqual({ is: 'coming', seconds: 3 })
  expect(boostOf(boosted, 3_000)).toEqual({ is: 'on', seconds: 30 })
  expect(boostOf(boosted, 33_000)).toBeUndefined()
  expect(boostOf(side('a', 0), 0)).toBeUndefined()
})

it('[WEB-204] time is called out three times, not every second', () => {
  const calls = Array.from({ length: 100 }, (_, second) => lastCallOf(battle([]), second * 1_000))
  expect([...new Set(calls)]).toEqual([undefined, 60, 30, 10])
  expect(lastCallOf(battle([], { phase: 'tally' }), 99_000)).toBeUndefined()
})
