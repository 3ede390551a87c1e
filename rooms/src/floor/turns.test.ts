/** Turns: guests speak for so long each. */
import { expect, it } from 'vitest'
import { floorBench } from '../testing/floor-bench.ts'
import { carryFloor } from './carry-floor.ts'
import { floorTurns } from './protocol.ts'
import { Floor } from './state.ts'

function staged() {
  const bench = floorBench()
  const { enter, say, floor, pass, said } = bench
  enter('host', 'host')
  enter('mod', 'moderator')
  for (const name of ['ann', 'bob', 'cia']) enter(name)
  const seat = (userId: string) => {
    say('host', 'floor.invite', { userId })
    expect(say(userId, 'floor.sit')).toBe('ok')
    bench.house.settle()
  }
  const turnOf = (id: string) => floor.speakers.get(id)?.turnUntil
  const left = () =>
    said.announced.flatMap(({ type, entry }) => {
      const { who, why } = entry as { who?: { id: string }; why?: string }
      return type === 'floor.left' ? [`${who?.id} ${why}`] : []
    })
  return { ...bench, seat, turnOf, left, pass }
}

it('[AUD-18] a guest speaks for as long as set, then is in the audience with the reason', () => {
  const { say, seat, turnOf, left, pass, clock, floor, media } = staged()
  expect(say('mod', 'floor.turns', { seconds: 60 })).toBe('ok')
  expect(floor.turnSeconds).toBe(60)
  say('mod', 'floor.sit')
  seat('ann')
  expect([turnOf('ann'), turnOf('host'), turnOf('mod')]).toEqual([clock.now + 60_000, 0, 0])
  pass(59_000)
  expect([left(), floor.speakers.has('ann')]).toEqual([[], true])
  pass(1_000)
  expect([left(), floor.speakers.has('ann')]).toEqual([['ann turn_over'], false])
  expect(media.told.at(-1)).toBe('ann listens')
  expect([...floor.speakers.keys()].sort()).toEqual(['host', 'mod'])
  expect(say('ann', 'floor.raise')).toBe('ok')
})

it('[AUD-18] the crew gives a guest a whole turn anew, others nobody', () => {
  const { say, seat, turnOf, pass, clock, left } = staged()
  seat('ann')
  expect(turnOf('ann')).toBe(0)
  expect(say('mod', 'floor.turn', { userId: 'ann' })).toBe('no_turns')
  say('host', 'floor.turns', { seconds: 60 })
  pass(50_000)
  expect(say('ann', 'floor.turn', { userId: 'ann' })).toBe('not_allowed')
  expect(say('mod', 'floor.turn', { userId: 'bob' })).toBe('not_seated')
  expect(say('mod', 'floor.turn', { userId: 'host' })).toBe('outranked')
  expect(say('mod', 'floor.turn', { userId: 'ann' })).toBe('ok')
  expect(say('mod', 'floor.turn', { userId: 'ann' })).toBe('ok')
  expect(turnOf('ann')).toBe(clock.now + 60_000)
  pass(59_000)
  expect(left()).toEqual([])
})

it('[AUD-18] setting turns begins those of all guests anew, setting none ends them', () => {
  const { say, seat, turnOf, pass, clock, house, left, floor } = staged()
  say('host', 'floor.turns', { seconds: 300 })
  seat('ann')
  seat('bob')
  pass(100_000)
  say('host', 'floor.turns', { seconds: 30 })
  house.settle()
  expect([turnOf('ann'), turnOf('bob')]).toEqual([clock.now + 30_000, clock.now + 30_000])
  say('host', 'floor.turns', { seconds: 0 })
  house.settle()
  pass(300_000)
  expect([turnOf('ann'), left(), floor.speakers.size]).toEqual([0, [], 3])
})

it('[AUD-18] turns wait for the start, and who comes to lead or to moderate has no end', () => {
  const { say, seat, turnOf, pass, clock, house, room, floor, here, enter } = staged()
  room.phase = 'pending'
  say('host', 'floor.turns', { seconds: 60 })
  seat('ann')
  pass(100_000)
  expect(turnOf('ann')).toBe(0)
  room.phase = 'live'
  house.settle()
  expect(turnOf('ann')).toBe(clock.now + 60_000)
  here.delete('ann')
  enter('ann', 'moderator')
  house.settle()
  expect([floor.speakers.get('ann')?.role, turnOf('ann')]).toEqual(['moderator', 0])
  here.delete('ann')
  enter('ann')
  house.settle()
  expect(turnOf('ann')).toBe(clock.now + 60_000)
})

it('[AUD-18] [AUD-11] a process that takes the room over goes on with the same ends', () => {
  const { say, seat, floor } = staged()
  say('host', 'floor.turns', { seconds: 60 })
  seat('ann')
  const after = new Floor()
  carryFloor(after, floor)
  const { turnSeconds, speakers } = after
  expect([turnSeconds, speakers.get('ann')?.turnUntil]).toEqual([
    60,
    floor.speakers.get('ann')?.turnUntil,
  ])
})

it.each([0, 30, 1_800, 1, 29, 1_801, 45.5, -30])('[AUD-18] turns of %d s', (seconds) => {
  const isRight = [0, 30, 1_800].includes(seconds)
  const asked = floorTurns.safeParse({ requestId: 'request-1', seconds })
  expect(asked.success).toBe(isRight)
})

it('[AUD-18] where people speak by turns nobody takes an open seat past others who wait', () => {
  const { say, pass, left } = staged()
  say('host', 'floor.open', { isOpen: true })
  say('host', 'floor.turns', { seconds: 30 })
  expect(say('ann', 'floor.sit')).toBe('ok')
  say('bob', 'floor.raise')
  pass(31_000)
  expect(left()).toEqual(['ann turn_over'])
  expect(say('ann', 'floor.sit')).toBe('not_invited')
  expect(say('bob', 'floor.sit')).toBe('ok')
  expect(say('ann', 'floor.sit')).toBe('ok')
})
