import { describe, expect, test } from 'vitest'
import { live } from '../kinds/live.ts'
import { Checks } from './checks.ts'
import { type Facts, invariants } from './invariants.ts'
import type { LoadMember } from './member.ts'
import { mergeMarks } from './merge-marks.ts'

/** A member who heard `heard` (seq → number) and whose own lines got the given answers. */
function member(heard: [number, number][], accepted: [number, number][] = []): LoadMember {
  return {
    heard: new Map(heard),
    said: {
      accepted: new Map(accepted),
      unknown: new Set<number>(),
      refusals: new Map<string, number>(),
      unavailable: new Map<string, number>(),
      hearts: 1,
      heartsUnknown: 0,
    },
    outOfOrder: 0,
    doubled: 0,
    damaged: 0,
    discontinuities: 0,
    connection: 'live',
    head: 6,
    state: { reactions: { heart: 2 } },
  } as unknown as LoadMember
}

const both: [number, number][] = [
  [5, 1],
  [6, 2],
]
const good = (): Facts => ({
  members: [member(both, [[1, 5]]), member(both, [[2, 6]])],
  late: [member([])],
  viewers: {
    wanted: 10,
    mark: { ...mergeMarks([]), open: 10, heads: { least: 6, most: 6, reading: 0 } },
  },
  shared: { compared: 4, differences: 0 },
  blocks: { comparedBlocks: 1, foreignBlocks: 0 },
  isOurs: true,
})

const all = [...invariants, ...live.invariants]
const broken = (facts: Facts): string[] =>
  new Checks(all, 1, () => {}).conclude(facts).flatMap(({ name, holds }) => (holds ? [] : [name]))

describe('what must hold in a load run', () => {
  test('[LOD-06] a good run breaks nothing', () => {
    expect(broken(good())).toEqual([])
  })

  test('[LOD-25] what passed reads as passed: nothing of it counts a fault', () => {
    const found = new Checks(all, 1, () => {}).conclude(good()).map((one) => one.found)
    for (const text of found) expect(text).not.toMatch(/^0 |differ|[^e] unanswered|failed:/)
    expect(found).toContain('one log in 2')
    expect(found).toContain('none missing')
  })

  type Spoil = (first: LoadMember, facts: Facts) => void
  const spoilt: [what: string, name: string, spoil: Spoil][] = [
    ['a failed join', 'every join succeeds', (_, { viewers }) => void (viewers.mark.failed = 1)],
    [
      'a lost socket',
      'no socket ends unasked',
      (_, { viewers }) => void (viewers.mark.ends = { cut: 4, 'closed 4413': 1 }),
    ],
    ['a line too late', 'members get lines in order', (first) => void (first.outOfOrder = 1)],
    ['a line twice', 'no member gets a line twice', (first) => void (first.doubled = 1)],
    ['a changed line', 'every line is whole', (first) => void (first.damaged = 1)],
    ['a gap', 'no accepted line is missing', (first) => void (first.discontinuities = 1)],
    ['silence', 'everything said is answered', ({ said }) => said.unavailable.set('deadline', 1)],
    ['a wrong no', 'refusals are only "not now"', ({ said }) => said.refusals.set('banned', 1)],
    [
      'another log at one viewer',
      'every viewer gets the same log and patches, whole',
      (_, { viewers }) => void (viewers.mark.log.violations = 1),
    ],
    [
      'another log in one generator',
      'every viewer gets the same log and patches, whole',
      (_, { blocks }) => void ((blocks as { foreignBlocks: number }).foreignBlocks = 1),
    ],
    [
      'a viewer that is behind',
      'everybody is there and at the head',
      (_, { viewers }) => void (viewers.mark.heads.least = 5),
    ],
    [
      'a reaction that is not counted',
      'every reaction is counted once',
      ({ said }) => void (said.hearts = 2),
    ],
  ]

  test.each(spoilt)('[LOD-06] %s breaks "%s"', (_, name, spoil) => {
    const facts = good()
    spoil(facts.members[0] as LoadMember, facts)
    expect(broken(facts)).toEqual([name])
  })

  test('[LOD-06] another state at one member is found, whoever joined when', () => {
    const facts = good()
    facts.shared = { compared: 4, differences: 1 }
    expect(broken(facts)).toEqual([
      'members hold the same state',
      'who joins now holds the state of those who were there',
    ])
  })

  test('[LOD-06] a member without an accepted line is found, and so is a refused line that came', () => {
    const lost = good()
    lost.members[1]?.heard.delete(5)
    expect(broken(lost)).toEqual(['no accepted line is missing', 'all members hold the same log'])
    const foreign = good()
    for (const { heard } of foreign.members) heard.set(7, 3)
    expect(broken(foreign)).toEqual(['no line arrives that was refused'])
  })

  test('[LOD-06] "not now" is an answer, and sockets that the run itself cut are no loss', () => {
    const facts = good()
    facts.members[0]?.said.refusals.set('rate_limited', 3)
    facts.viewers.mark.ends = { cut: 3, left: 2 }
    expect(broken(facts)).toEqual([])
  })

  test('[LOD-06] what breaks while it runs is shown once and at once, with the seed', () => {
    const said: string[] = []
    const checks = new Checks(all, 77, (line) => said.push(line))
    const facts = good()
    facts.viewers.mark.failed = 2
    checks.look(facts)
    checks.look(facts)
    checks.see('viewer 9: gap, entry 1:8 after 6')
    expect(said).toEqual([
      '  BROKEN (seed 77)  every join succeeds: 2 failed',
      '  BROKEN (seed 77)  viewer 9: gap, entry 1:8 after 6',
    ])
  })
})
