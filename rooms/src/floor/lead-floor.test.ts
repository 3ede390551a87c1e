/** Who leads a room while its host is away, and what it says of that. */
import { expect, it } from 'vitest'
import { hostedFloor } from '../testing/floor-bench.ts'
import { floorLimits } from './protocol.ts'

const ledBy = ({ said }: ReturnType<typeof hostedFloor>) =>
  said.announced
    .filter(({ type }) => type === 'floor.led')
    .map(({ entry }) => (entry['leader'] as { id: string } | null)?.id ?? null)

it('[AUD-10] a host who is away is waited for; whom they named leads; the host leads again', () => {
  const bench = hostedFloor()
  const { say, reached, pass, floor } = bench
  bench.seat('ann', 'bob')
  bench.enter('cia')
  expect(say('host', 'floor.successor', { userId: 'cia' })).toBe('not_seated')
  expect(say('host', 'floor.successor', { userId: 'bob' })).toBe('ok')
  reached.delete('host')
  pass(floorLimits.missedAfterMs - 1_000)
  expect(floor.hostAwayUntil).toBe(0)
  pass(1_000)
  expect(floor.hostAwayUntil).toBe(
    bench.clock.now - floorLimits.missedAfterMs + floorLimits.leadGraceMs,
  )
  pass(floorLimits.leadGraceMs - floorLimits.missedAfterMs - 1_000)
  expect([floor.leaderId, say('bob', 'floor.clear')]).toEqual(['', 'not_allowed'])
  pass(1_000)
  expect(floor.speakers.get('bob')?.role).toBe('host')
  expect([say('bob', 'floor.clear'), say('bob', 'floor.open', { isOpen: true })]).toEqual([
    'ok',
    'ok',
  ])
  reached.add('host')
  pass(1_000)
  expect([floor.leaderId, floor.hostAwayUntil]).toEqual(['', 0])
  expect(floor.speakers.get('bob')?.role).toBe('speaker')
  expect(ledBy(bench)).toEqual(['bob', null])
})

it('[AUD-10] without a name a moderator leads, else who was asked to speak; then the next', () => {
  const bench = hostedFloor()
  const { enter, reached, pass, floor } = bench
  bench.seat('ann', 'bob')
  enter('mod', 'moderator')
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('mod')
  reached.delete('mod')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('ann')
  for (const name of ['ann', 'bob']) reached.delete(name)
  pass(floorLimits.leadGraceMs)
  // Nobody is there: the next who comes back leads at once.
  expect(floor.leaderId).toBe('')
  reached.add('bob')
  pass(1_000)
  expect(floor.leaderId).toBe('bob')
  expect(ledBy(bench)).toEqual(['mod', 'ann', null, 'bob'])
})

it('[AUD-10] whoever took a seat that was open to anybody leads only when the host named them', () => {
  const bench = hostedFloor()
  const { enter, say, reached, pass, floor, abandoned } = bench
  say('host', 'floor.open', { isOpen: true })
  for (const name of ['ann', 'bob']) {
    enter(name)
    expect(say(name, 'floor.sit')).toBe('ok')
  }
  enter('cia')
  say('host', 'floor.invite', { userId: 'cia' })
  say('cia', 'floor.sit')
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('cia')
  // Who leaves the seat they were asked to take is asked anew, or is like anybody.
  say('cia', 'floor.stand')
  bench.house.unsettle()
  bench.house.settle()
  expect([say('cia', 'floor.sit'), floor.leaderId]).toEqual(['ok', ''])
  pass(floorLimits.abandonedAfterMs)
  expect([floor.leaderId, abandoned.length > 0]).toEqual(['', true])
  reached.add('host')
  pass(1_000)
  expect(say('host', 'floor.successor', { userId: 'bob' })).toBe('ok')
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('bob')
})

it('[AUD-10] whoever leads and is timed out, or has neither seat nor role any more, leads no longer', () => {
  const bench = hostedFloor()
  const { say, reached, pass, sanctions, house, floor } = bench
  bench.seat('ann', 'bob', 'cia')
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('ann')
  const facts = { id: 's', kind: 'timeout', until: null, reason: null, by: 'moderator' } as const
  sanctions.set('ann', { ...facts, scope: 'channel', mayAppeal: true })
  house.unsettle()
  house.settle()
  expect([floor.leaderId, say('ann', 'floor.clear')]).toEqual(['bob', 'not_allowed'])
  say('bob', 'floor.stand')
  house.unsettle()
  house.settle()
  expect([floor.leaderId, say('bob', 'floor.clear')]).toEqual(['cia', 'not_allowed'])
  expect(ledBy(bench)).toEqual(['ann', 'bob', 'cia'])
})

it('[AUD-19] whom the host named and who leaves the seat leads no longer, and is told once', () => {
  const bench = hostedFloor()
  const { say, reached, pass, house, floor } = bench
  bench.seat('ann', 'bob')
  say('host', 'floor.successor', { userId: 'bob' })
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect([floor.leaderId, say('bob', 'floor.stand')]).toEqual(['bob', 'ok'])
  // With the next frame, not with the next beat.
  house.settle()
  expect([floor.leaderId, floor.successorId]).toEqual(['ann', ''])
  expect(floor.speakers.get('ann')?.role).toBe('host')
  expect(say('bob', 'floor.remove', { userId: 'ann' })).toBe('not_allowed')
  say('ann', 'floor.stand')
  pass(10_000)
  expect([floor.leaderId, ledBy(bench)]).toEqual(['', ['bob', 'ann', null]])
})

it('[AUD-19] whom the host named is no successor any more once they are in the audience', () => {
  const bench = hostedFloor()
  const { enter, here, say, reached, pass, house, floor } = bench
  enter('mod', 'moderator')
  bench.seat('ann')
  say('host', 'floor.successor', { userId: 'ann' })
  say('mod', 'floor.remove', { userId: 'ann' })
  house.settle()
  expect(floor.successorId).toBe('')
  say('host', 'floor.successor', { userId: 'mod' })
  // A moderator no more, without a seat.
  here.delete('mod')
  enter('mod')
  house.settle()
  expect(floor.successorId).toBe('')
  bench.seat('bob')
  say('host', 'floor.successor', { userId: 'bob' })
  say('host', 'floor.turns', { seconds: floorLimits.turnSecondsMin })
  pass(floorLimits.turnSecondsMin * 1_000 + 1_000)
  expect([floor.speakers.has('bob'), floor.successorId]).toEqual([false, ''])
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect([floor.leaderId, ledBy(bench)]).toEqual(['', []])
})

it('[AUD-13] a room that nobody has led for a quarter of an hour is said to be over', () => {
  const bench = hostedFloor()
  const { reached, pass, clock, abandoned, media } = bench
  bench.seat('ann')
  reached.delete('host')
  pass(floorLimits.abandonedAfterMs * 2)
  // Somebody leads.
  expect([bench.floor.leaderId, abandoned]).toEqual(['ann', []])
  reached.delete('ann')
  const lastSeen = clock.now
  pass(floorLimits.abandonedAfterMs)
  media.owner?.sends('host', ['microphone'])
  expect(abandoned).toEqual([lastSeen + floorLimits.abandonedAfterMs])
  // The host has somebody send for them; then nobody, and it is said until it is heard.
  pass(floorLimits.abandonedAfterMs)
  media.owner?.sends('host', [])
  expect(abandoned).toHaveLength(1)
  pass(floorLimits.abandonedAfterMs + floorLimits.leadGraceMs)
  expect(abandoned).toHaveLength(3)
})

it('[AUD-19] whoever leads and leaves the room leads no longer; who leads then has their own grace', () => {
  const bench = hostedFloor()
  const { say, reached, here, pass, floor, house } = bench
  bench.seat('ann', 'bob')
  expect(say('host', 'floor.successor', { userId: 'bob' })).toBe('ok')
  reached.delete('host')
  pass(floorLimits.leadGraceMs)
  expect(floor.leaderId).toBe('bob')
  here.delete('bob')
  reached.delete('bob')
  house.left('bob')
  house.settle()
  expect(floor.leaderId).toBe('ann')
  reached.delete('ann')
  pass(floorLimits.leadGraceMs - 2_000)
  expect(floor.leaderId).toBe('ann')
})
