import { expect, it } from 'vitest'
import { recordingScope } from '../testing/recording-scope.ts'
import { reactionSend } from './protocol.ts'
import { type ReactionScope, sendReaction } from './send-reaction.ts'
import { ReactionTotals } from './state.ts'

const ann = { id: 'ann', name: 'Ann', role: 'viewer', kind: 'account', joinedAt: 0 } as const

function openScope(
  phase: ReactionScope['state']['phase'],
  sanction: ReturnType<ReactionScope['standings']['sanctionOf']> = null,
) {
  const counted: [string, number][] = []
  const kit = recordingScope<ReactionScope['state'], never>({
    phase,
    reactions: new ReactionTotals(),
  })
  const scope: ReactionScope = {
    ...kit,
    standings: { sanctionOf: () => sanction },
    tally: { reaction: (kind, count) => void counted.push([kind, count]) },
    announce: () => {
      throw new Error('reactions are state, never entries')
    },
  }
  return { scope, counted }
}

it('[REA-01] adds to the total of its kind, makes no entry and answers the new total', () => {
  const { scope, counted } = openScope('live')
  sendReaction(scope, ann, { requestId: 'request-1', kind: 'fire', count: 4 })
  expect(sendReaction(scope, ann, { requestId: 'request-2', kind: 'fire', count: 1 })).toEqual({
    kind: 'fire',
    total: 5,
  })
  expect(scope.state.reactions.heart).toBe(0)
  expect(counted).toEqual([
    ['fire', 4],
    ['fire', 1],
  ])
})

it('[REA-02] is open while the stream is live only', () => {
  for (const phase of ['pending', 'ended'] as const) {
    const { scope } = openScope(phase)
    expect(() => sendReaction(scope, ann, { requestId: 'r-1', kind: 'clap', count: 1 })).toThrow(
      expect.objectContaining({ code: 'not_live' }),
    )
  }
})

it('[MOD-04] is closed to muted people', () => {
  const facts = { id: 's', until: 10_009, reason: null, by: 'host', scope: 'channel' } as const
  const { scope } = openScope('live', { ...facts, kind: 'timeout', mayAppeal: true })
  expect(() => sendReaction(scope, ann, { requestId: 'r-1', kind: 'clap', count: 1 })).toThrow(
    expect.objectContaining({ code: 'timed_out', retryAfterMs: 10_000 }),
  )
})

it('[REA-03] knows six kinds and counts of 1 to 10', () => {
  const valid = (message: object) =>
    reactionSend.safeParse({ requestId: 'request-1', ...message }).success
  expect(valid({ kind: 'heart' })).toBe(true)
  expect(valid({ kind: 'heart', count: 10 })).toBe(true)
  expect(valid({ kind: 'heart', count: 11 })).toBe(false)
  expect(valid({ kind: 'heart', count: 0.5 })).toBe(false)
  expect(valid({ kind: 'boo' })).toBe(false)
  expect(valid({ kind: '__proto__' })).toBe(false)
})
