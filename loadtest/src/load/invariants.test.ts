import { describe, expect, test } from 'vitest'
import type { Mark } from '../swarm/swarm.ts'
import { invariants, type Outcome } from './invariants.ts'
import type { LoadMember } from './member.ts'

/** A member who heard `heard` (seq → number) and whose own lines got the given answers. */
function member(heard: [number, number][], accepted: [number, number][] = []): LoadMember {
  return {
    heard: new Map(heard),
    said: {
      accepted: new Map(accepted),
      unknown: new Set<number>(),
      refusals: new Map<string, number>(),
      unavailable: new Map<string, number>(),
    },
    outOfOrder: 0,
    doubled: 0,
    damaged: 0,
    discontinuities: 0,
    connection: 'live',
  } as unknown as LoadMember
}

const mark = (facts: Partial<Mark>): Mark =>
  ({ open: 10, gone: 0, ends: {}, perViewer: { least: 2, most: 2 }, ...facts }) as Mark

const both: [number, number][] = [
  [5, 1],
  [6, 2],
]
const good = (): Outcome => ({
  members: [member(both, [[1, 5]]), member(both, [[2, 6]])],
  viewers: { wanted: 10, joined: mark({}), end: mark({}) },
})

const broken = (outcome: Outcome): string[] =>
  invariants(outcome).flatMap(({ name, holds }) => (holds ? [] : [name]))

describe('what must hold after a load run', () => {
  test('[LOD-06] a good run breaks nothing', () => {
    expect(broken(good())).toEqual([])
  })

  type Spoil = (first: LoadMember, viewers: Outcome['viewers']) => void
  const spoilt: [what: string, name: string, spoil: Spoil][] = [
    ['a failed join', 'every join succeeds', (_, { joined }) => void (joined.open = 9)],
    ['a lost socket', 'no socket ends early', (_, { end }) => void (end.gone = 1)],
    ['a line too late', 'lines arrive in order', (first) => void (first.outOfOrder = 1)],
    ['a line twice', 'no line arrives twice', (first) => void (first.doubled = 1)],
    ['a changed line', 'every line is whole', (first) => void (first.damaged = 1)],
    ['a gap', 'no accepted line is missing', (first) => void (first.discontinuities = 1)],
    ['silence', 'every line is answered', ({ said }) => said.unavailable.set('deadline', 1)],
    ['a wrong no', 'refusals are only "not now"', ({ said }) => said.refusals.set('banned', 1)],
    [
      'a viewer without a line',
      'every viewer got every line once',
      (_, { end }) => void (end.perViewer = { least: 1, most: 2 }),
    ],
  ]

  test.each(spoilt)('[LOD-06] %s breaks "%s"', (_, name, spoil) => {
    const outcome = good()
    spoil(outcome.members[0] as LoadMember, outcome.viewers)
    expect(broken(outcome)).toEqual([name])
  })

  test('[LOD-06] a member without an accepted line is found, and so is a refused line that came', () => {
    const lost = good()
    lost.members[1]?.heard.delete(5)
    expect(broken(lost)).toEqual(['no accepted line is missing', 'all members hold the same log'])
    const foreign = good()
    for (const { heard } of foreign.members) heard.set(7, 3)
    foreign.viewers.end.perViewer = { least: 3, most: 3 }
    expect(broken(foreign)).toEqual(['no line arrives that was refused'])
  })

  test('[LOD-06] "not now" is an answer', () => {
    const outcome = good()
    outcome.members[0]?.said.refusals.set('rate_limited', 3)
    expect(broken(outcome)).toEqual([])
  })
})
