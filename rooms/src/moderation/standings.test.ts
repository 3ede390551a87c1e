// How people stand: which sanction is told, when it ends, and that no change is told twice.
import { describe, expect, it } from 'vitest'
import { chatBench } from '../testing/chat-scope.ts'
import type { Sanction, Standing } from './protocol.ts'
import { refreshPerson } from './read-standing.ts'
import { Standings } from './standings.ts'

const identity = { userId: 'ann', name: 'Ann', kind: 'account', platformRole: 'user' } as const
const nothing: Standing = { sanction: null, isVip: false, followedAt: null }
const sanction = (facts: Partial<Sanction>): Sanction => ({
  id: 'one',
  kind: 'timeout',
  until: 1_000,
  reason: null,
  by: 'host',
  scope: 'channel',
  mayAppeal: true,
  ...facts,
})

function open() {
  const changed: string[] = []
  const standings = new Standings((userId) => void changed.push(userId))
  standings.record(identity, nothing)
  return { standings, changed }
}

describe('standings', () => {
  it('[MOD-04] of a channel and the house the longer one is told; a later word of one replaces its own', () => {
    const { standings } = open()
    const house = { id: 'house', by: 'house', scope: 'everywhere', until: 5_000 } as const
    const told = (next: Sanction) => {
      standings.sanction('ann', next)
      return standings.of('ann').sanction?.id
    }
    expect(told(sanction({ id: 'long', until: 4_000 }))).toBe('long')
    expect(told(sanction({ id: 'short', until: 2_000 }))).toBe('short')
    expect(told(sanction(house))).toBe('house')
    expect(told(sanction({ id: 'later', until: 4_000 }))).toBe('house')
    expect(told(sanction({ id: 'ban', kind: 'ban', until: null }))).toBe('ban')
    expect(told(sanction(house))).toBe('ban')
    standings.lift('ann')
    expect(standings.of('ann').sanction).toBeNull()
    expect(told(sanction(house))).toBe('house')
    standings.lift('ann')
    expect(standings.of('ann').sanction?.id).toBe('house')
  })

  it('[MOD-05] one that has ended holds no more, and its end is told once', () => {
    const { standings, changed } = open()
    standings.sanction('ann', sanction({}))
    expect(standings.sanctionOf('ann', 999)).not.toBeNull()
    expect(standings.sanctionOf('ann', 1_000)).toBeNull()
    expect(standings.expire(999)).toEqual([])
    expect(standings.expire(1_000)).toEqual(['ann'])
    expect(standings.expire(1_001)).toEqual([])
    expect(changed).toEqual(['ann', 'ann'])
  })

  it('[OG-05] [OG-06] a tier holds until its moment, and its end is told once', () => {
    const { standings, changed } = open()
    const tier = { level: 3, until: 1_000, privileges: ['slow_mode_exempt'] as const }
    standings.record(identity, { ...nothing, tier })
    expect(changed).toEqual(['ann'])
    expect(standings.may('ann', 'slow_mode_exempt', 999)).toBe(true)
    expect([standings.levelOf('ann', 999), standings.levelOf('ann', 1_000)]).toEqual([3, 0])
    expect(standings.may('ann', 'slow_mode_exempt', 1_000)).toBe(false)
    expect(standings.expire(999)).toEqual([])
    expect(standings.expire(1_000)).toEqual(['ann'])
    expect(standings.expire(1_001)).toEqual([])
    expect(standings.of('ann')).toEqual(nothing)
    expect(changed).toEqual(['ann', 'ann'])
  })

  it('[MOD-04] what the record says again in other words is no change', () => {
    const { standings, changed } = open()
    const one = sanction({})
    standings.sanction('ann', one)
    const { until, id, ...rest } = one
    standings.record(identity, { followedAt: null, isVip: false, sanction: { ...rest, id, until } })
    expect(changed).toEqual(['ann'])
    standings.record(identity, { ...nothing, sanction: one, followedAt: 7 })
    expect(changed).toEqual(['ann', 'ann'])
  })

  it('[MOD-11] every decision counts, also about somebody who is not here', () => {
    const { standings, changed } = open()
    const before = standings.changes
    standings.sanction('bob', sanction({}))
    standings.lift('bob')
    standings.vip('bob', true)
    expect(standings.changes).toBe(before + 3)
    expect(changed).toEqual(['bob'])
    expect(standings.of('bob')).toEqual(nothing)
    standings.forget('ann')
    expect(standings.identityOf('ann')).toBeUndefined()
  })

  it('[MOD-11] of whoever leaves while the record is asked nothing is kept', async () => {
    const { scope } = chatBench()
    const { standings } = scope
    standings.record(identity, nothing)
    let asked = 0
    const streams = {
      async admit() {
        asked += 1
        standings.forget('ann')
        return { role: 'viewer', standing: nothing } as const
      },
    }
    await refreshPerson({ ...scope, streams }, 'ann')
    expect(asked).toBe(1)
    expect(standings.identityOf('ann')).toBeUndefined()
  })
})
