/** Hands, invitations, seats and mutes, action by action. */
import { expect, it } from 'vitest'
import { liveKind } from '../live/live-kind.ts'
import { floorBench } from '../testing/floor-bench.ts'
import { carryFloor } from './carry-floor.ts'
import { floorCommands } from './floor-commands.ts'
import { floorLimits } from './protocol.ts'
import { Floor } from './state.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => `person${at}`)

it('[AUD-02] hands are one queue, first come first; whoever comes again stands behind', () => {
  const { enter, say, queue } = floorBench()
  enter('host', 'host')
  for (const name of ['ann', 'bob', 'cia']) enter(name)
  expect(['bob', 'ann', 'cia'].map((name) => say(name, 'floor.raise'))).toEqual(['ok', 'ok', 'ok'])
  expect(say('ann', 'floor.raise')).toBe('hand_up')
  expect(queue()).toEqual(['bob', 'ann', 'cia'])
  expect(say('bob', 'floor.lower')).toBe('ok')
  expect(say('bob', 'floor.lower')).toBe('hand_down')
  expect(say('bob', 'floor.raise')).toBe('ok')
  expect(queue()).toEqual(['ann', 'cia', 'bob'])
  expect(say('host', 'floor.lower', { userId: 'CIA' })).toBe('ok')
  expect(queue()).toEqual(['ann', 'bob'])
  expect(say('host', 'floor.clear')).toBe('ok')
  expect(queue()).toEqual([])
})

it('[AUD-02] so many hands are up and no more', () => {
  const { clock, enter, say, floor } = floorBench()
  for (const name of names(floorLimits.handsMax + 1)) enter(name)
  const codes = names(floorLimits.handsMax + 1).map((name) => {
    clock.now += 1_000 / floorLimits.crowdPerSecond
    return say(name, 'floor.raise')
  })
  expect(codes.filter((code) => code === 'ok')).toHaveLength(floorLimits.handsMax)
  expect(codes.at(-1)).toBe('queue_full')
  expect(floor.hands.size).toBe(floorLimits.handsMax)
})

it('[AUD-02] a crowd of accounts comes no faster than the log takes it, crew do', () => {
  const { clock, enter, say } = floorBench()
  enter('host', 'host')
  enter('mod', 'moderator')
  say('host', 'floor.open', { isOpen: true })
  const { crowdBurst, crowdPerSecond } = floorLimits
  const crowd = names(crowdBurst + 2)
  for (const name of crowd) enter(name)
  const codes = crowd.map((name) => say(name, 'floor.raise'))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(crowdBurst)
  expect(say(crowd[0] as string, 'floor.sit')).toBe('floor_crowded')
  expect(say('mod', 'floor.sit')).toBe('ok')
  clock.now += 1_000 / crowdPerSecond
  expect(say(crowd[0] as string, 'floor.sit')).toBe('ok')
  expect(say(crowd[1] as string, 'floor.sit')).toBe('floor_crowded')
})

const may: Record<string, { message?: object; by: string[] }> = {
  'floor.raise': { by: ['host', 'mod', 'speaker', 'listener'] },
  'floor.lower': { message: { userId: 'other' }, by: ['host', 'mod'] },
  'floor.clear': { by: ['host', 'mod'] },
  'floor.invite': { message: { userId: 'other' }, by: ['host', 'mod'] },
  'floor.decline': { message: { userId: 'other' }, by: ['host', 'mod'] },
  'floor.sit': { by: ['host', 'mod', 'speaker', 'listener'] },
  'floor.stand': { by: ['host', 'mod', 'speaker', 'listener'] },
  'floor.remove': { message: { userId: 'other' }, by: ['host', 'mod'] },
  'floor.mute': { message: { isMuted: true }, by: ['host', 'mod', 'speaker', 'listener'] },
  'floor.silence': { message: { userId: 'other', isSilenced: true }, by: ['host', 'mod'] },
  'floor.successor': { message: { userId: null }, by: ['host'] },
  'floor.open': { message: { isOpen: true }, by: ['host'] },
  'floor.turns': { message: { seconds: 60 }, by: ['host', 'mod'] },
  'floor.turn': { message: { userId: 'other' }, by: ['host', 'mod'] },
}

it('[AUD-03] each command is for those it is for, and refused to others', () => {
  expect(Object.keys(floorCommands).sort()).toEqual(Object.keys(may).sort())
  for (const [name, { message, by }] of Object.entries(may)) {
    for (const who of ['host', 'mod', 'speaker', 'listener']) {
      const { enter, say } = floorBench()
      enter('host', 'host')
      enter('mod', 'moderator')
      for (const viewer of ['speaker', 'listener', 'other']) enter(viewer)
      say('mod', 'floor.invite', { userId: 'speaker' })
      expect(say('speaker', 'floor.sit')).toBe('ok')
      const isAllowed = say(who, name, message) !== 'not_allowed'
      expect([name, who, isAllowed]).toEqual([name, who, by.includes(who)])
    }
  }
})

it('[AUD-03] nobody acts on who stands as high or higher, nor on themselves', () => {
  const { enter, say } = floorBench()
  enter('host', 'host')
  for (const mod of ['mod', 'mod2']) enter(mod, 'moderator')
  for (const mod of ['mod', 'mod2']) expect(say(mod, 'floor.sit')).toBe('ok')
  const silence = (userId: string) => ({ userId, isSilenced: true })
  expect(say('mod', 'floor.remove', { userId: 'host' })).toBe('outranked')
  expect(say('mod', 'floor.remove', { userId: 'mod2' })).toBe('outranked')
  expect(say('mod', 'floor.silence', silence('host'))).toBe('outranked')
  expect(say('mod', 'floor.silence', silence('mod'))).toBe('not_yourself')
  expect(say('host', 'floor.remove', { userId: 'mod' })).toBe('ok')
  expect(say('host', 'floor.silence', silence('mod2'))).toBe('ok')
})

it('[AUD-04] of two who want the same seat one gets it; the host has the first', () => {
  const { enter, say, floor } = floorBench()
  enter('host', 'host')
  expect(floor.speakers.get('host')).toMatchObject({ seat: 0, role: 'host', isMuted: false })
  for (const name of ['ann', 'bob', 'cia']) enter(name)
  expect(say('ann', 'floor.sit', { seat: 7 })).toBe('not_invited')
  for (const userId of ['ann', 'bob']) say('host', 'floor.invite', { userId })
  expect(say('ann', 'floor.sit', { seat: 7 })).toBe('ok')
  expect(say('bob', 'floor.sit', { seat: 7 })).toBe('seat_taken')
  expect(say('bob', 'floor.sit')).toBe('ok')
  expect(say('bob', 'floor.sit')).toBe('already_seated')
  expect(floor.speakers.get('ann')?.seat).toBe(7)
  expect(floor.speakers.get('bob')).toMatchObject({ seat: 1, role: 'speaker' })
  expect(say('host', 'floor.open', { isOpen: true })).toBe('ok')
  expect(say('cia', 'floor.sit')).toBe('ok')
})

it('[AUD-04] a hundred sit, the host among them, and the next finds no seat', () => {
  const { enter, say, floor } = floorBench()
  enter('host', 'host')
  say('host', 'floor.open', { isOpen: true })
  for (const name of names(100)) enter(name)
  const codes = names(100).map((name) => say(name, 'floor.sit'))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(99)
  expect(codes.at(-1)).toBe('seats_full')
  expect(new Set(Array.from(floor.speakers.values(), ({ seat }) => seat)).size).toBe(100)
})

it('[AUD-05] an invitation is for who is here and over in time; yes and no take the hand down', () => {
  const { enter, say, floor, pass, queue, here } = floorBench()
  enter('host', 'host')
  for (const name of ['ann', 'bob', 'cia']) enter(name)
  for (const name of ['ann', 'bob', 'cia']) say(name, 'floor.raise')
  expect(say('host', 'floor.invite', { userId: 'nobody' })).toBe('not_here')
  for (const userId of ['ann', 'bob', 'cia']) say('host', 'floor.invite', { userId })
  expect(queue()).toEqual(['ann', 'bob', 'cia'])
  expect(say('ann', 'floor.sit')).toBe('ok')
  expect(say('bob', 'floor.decline')).toBe('ok')
  expect(queue()).toEqual(['cia'])
  pass(floorLimits.invitationMs)
  expect(say('cia', 'floor.sit')).toBe('not_invited')
  expect(queue()).toEqual(['cia'])
  say('host', 'floor.invite', { userId: 'cia' })
  expect(say('host', 'floor.decline', { userId: 'cia' })).toBe('ok')
  expect(queue()).toEqual(['cia'])
  say('host', 'floor.invite', { userId: 'cia' })
  here.delete('cia')
  pass(1_000)
  expect([floor.invitations.size, queue()]).toEqual([0, []])
})

it('[AUD-05] so many invitations are open and no more', () => {
  const { enter, say } = floorBench()
  enter('host', 'host')
  const people = names(floorLimits.invitationsMax + 1)
  for (const name of people) enter(name)
  const codes = people.map((userId) => say('host', 'floor.invite', { userId }))
  expect(codes.at(-1)).toBe('invitations_full')
  // Asking anew whom one asked is no more than before.
  expect(say('host', 'floor.invite', { userId: 'person0' })).toBe('ok')
})

it('[AUD-06] speakers mute themselves; who was silenced cannot unmute until it is taken back', () => {
  const { enter, say, floor } = floorBench()
  enter('host', 'host')
  enter('ann')
  expect(say('ann', 'floor.mute', { isMuted: true })).toBe('not_seated')
  say('host', 'floor.invite', { userId: 'ann' })
  say('ann', 'floor.sit')
  expect(say('ann', 'floor.mute', { isMuted: true })).toBe('ok')
  expect(say('ann', 'floor.mute', { isMuted: false })).toBe('ok')
  expect(say('host', 'floor.silence', { userId: 'ann', isSilenced: true })).toBe('ok')
  expect(say('host', 'floor.silence', { userId: 'ann', isSilenced: true })).toBe('already_so')
  expect(say('ann', 'floor.mute', { isMuted: false })).toBe('silenced')
  expect(say('host', 'floor.silence', { userId: 'ann', isSilenced: false })).toBe('ok')
  expect(floor.speakers.get('ann')).toMatchObject({ isMuted: true, isSilenced: false })
  expect(say('ann', 'floor.mute', { isMuted: false })).toBe('ok')
})

it('[AUD-21] whose voice was given back sends none until they unmute, their picture all the while', () => {
  const bench = floorBench(liveKind)
  const { enter, say, media, house, floor } = bench
  enter('host', 'host')
  bench.seat('ann')
  const may = () => {
    house.settle()
    return media.mayNow('ann')
  }
  say('host', 'floor.silence', { userId: 'ann', isSilenced: true })
  expect(may()).toBe('camera,screen_share')
  say('host', 'floor.silence', { userId: 'ann', isSilenced: false })
  expect(may()).toBe('camera,screen_share')
  say('ann', 'floor.mute', { isMuted: true })
  expect(may()).toBe('camera,screen_share')
  const after = new Floor()
  carryFloor(after, floor)
  expect(after.speakers.get('ann')?.isHeldBack).toBe(true)
  say('ann', 'floor.mute', { isMuted: false })
  expect(may()).toBe('camera,microphone,screen_share')
  // Whoever only muted themselves unmutes without the media server.
  say('ann', 'floor.mute', { isMuted: true })
  expect(may()).toBe('camera,microphone,screen_share')
})

it('[AUD-06] who was silenced gets no voice by another seat, until it is taken back there', () => {
  const { clock, enter, say, floor } = floorBench()
  enter('host', 'host')
  enter('ann')
  say('host', 'floor.open', { isOpen: true })
  say('ann', 'floor.sit')
  expect(say('host', 'floor.silence', { userId: 'ann', isSilenced: true })).toBe('ok')
  expect([say('ann', 'floor.stand'), say('ann', 'floor.sit')]).toEqual(['ok', 'ok'])
  expect(floor.speakers.get('ann')).toMatchObject({ isMuted: true, isSilenced: true })
  expect(say('ann', 'floor.mute', { isMuted: false })).toBe('silenced')
  expect(say('host', 'floor.silence', { userId: 'ann', isSilenced: false })).toBe('ok')
  expect([say('ann', 'floor.stand'), say('ann', 'floor.sit')]).toEqual(['ok', 'ok'])
  expect(floor.speakers.get('ann')).toMatchObject({ isMuted: false, isSilenced: false })
  for (let n = 0; n < floorLimits.silencedMax + 1; n += 1) {
    clock.now += 1_000
    enter(`guest${n}`)
    say(`guest${n}`, 'floor.sit')
    say('host', 'floor.silence', { userId: `guest${n}`, isSilenced: true })
    say(`guest${n}`, 'floor.stand')
  }
  expect(floor.silenced.size).toBe(floorLimits.silencedMax)
  expect([floor.silenced.has('guest0'), floor.silenced.has('guest1')]).toEqual([false, true])
})

it('[AUD-03] once the room is over nobody speaks, and the floor is empty', () => {
  const { enter, say, floor, room, pass, media } = floorBench()
  enter('host', 'host')
  enter('ann')
  say('ann', 'floor.raise')
  pass(1_000)
  room.phase = 'ended'
  expect(say('ann', 'floor.lower')).toBe('floor_closed')
  pass(1_000)
  expect([floor.speakers.size, floor.hands.size]).toEqual([0, 0])
  expect(media.told).toEqual(['host is heard', 'host listens', 'ended'])
})
