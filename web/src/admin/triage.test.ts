import { expect, test } from 'vitest'
import { measureOfKey, measuresFor, noTriage, triage, triageLimits } from './triage.ts'

const ids = ['a', 'b', 'c']

test('[WEB-145] J and K move within the list and stop at its ends', () => {
  const down = (chosen: string | undefined) =>
    triage({ ...noTriage, chosen }, { kind: 'move', by: 1, ids }).chosen
  const up = (chosen: string | undefined) =>
    triage({ ...noTriage, chosen }, { kind: 'move', by: -1, ids }).chosen
  expect([down(undefined), down('a'), down('c'), down('gone')]).toEqual(['a', 'b', 'c', 'a'])
  expect([up(undefined), up('c'), up('a'), up('gone')]).toEqual(['c', 'b', 'a', 'c'])
  expect(triage(noTriage, { kind: 'move', by: 1, ids: [] }).chosen).toBeUndefined()
})

test('[WEB-145] a decision leads to the next flag; the last one leads back', () => {
  const first = triage({ ...noTriage, chosen: 'b' }, { kind: 'decide', id: 'b', ids })
  expect(first).toMatchObject({ chosen: 'c', hidden: ['b'], decided: [] })
  const second = triage(first, { kind: 'decide', id: 'c', ids: ['a', 'c'] })
  expect(second.chosen).toBe('a')
  expect(triage(second, { kind: 'decide', id: 'a', ids: ['a'] }).chosen).toBeUndefined()
})

test('[WEB-145] what the server refuses is back and chosen; only what it took can be undone', () => {
  const decided = triage({ ...noTriage, chosen: 'a' }, { kind: 'decide', id: 'a', ids })
  const failed = triage(decided, { kind: 'failed', id: 'a' })
  expect(failed).toEqual({ chosen: 'a', hidden: [], decided: [] })
  const confirmed = triage(decided, { kind: 'confirmed', id: 'a' })
  expect(confirmed.decided).toEqual(['a'])
  const undone = triage(confirmed, { kind: 'undone', id: 'a' })
  expect(undone).toEqual({ chosen: 'a', hidden: [], decided: [] })
})

test('[WEB-145] the way back is bounded', () => {
  let state = noTriage
  for (let index = 0; index < triageLimits.undoMax + 5; index++)
    state = triage(state, { kind: 'confirmed', id: `${index}` })
  expect(state.decided.length).toBe(triageLimits.undoMax)
})

test('[WEB-145] keys stand for measures, and only for those that fit the flag and the role', () => {
  expect(['a', 'D', 't', 'b', 's', 'x'].map(measureOfKey)).toEqual([
    'none',
    'delete',
    'timeout',
    'ban',
    'suspend',
    undefined,
  ])
  expect(measuresFor({ type: 'message', subject: {} }, 'moderator')).toEqual([
    'none',
    'delete',
    'warn',
    'timeout',
    'ban',
  ])
  expect(measuresFor({ type: 'stream', subject: {} }, 'admin')).toContain('end_stream')
  expect(measuresFor({ type: 'user', subject: null }, 'admin')).toEqual(['none'])
})
