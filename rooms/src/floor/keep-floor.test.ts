/** What people, moderators, media and time do to the floor. */
import { expect, it } from 'vitest'
import { kitLimits } from '../kit/protocol.ts'
import { encoderTab, mediaIdentity } from '../media/protocol.ts'
import { hostedFloor } from '../testing/floor-bench.ts'
import { floorLimits } from './protocol.ts'

it('[AUD-07] whose microphone is carried shows as audible, muted and silenced people never', () => {
  const bench = hostedFloor()
  const { say, media, house, floor } = bench
  bench.seat('ann', 'bob', 'cia')
  say('bob', 'floor.mute', { isMuted: true })
  say('host', 'floor.silence', { userId: 'cia', isSilenced: true })
  for (const id of ['ann', 'bob', 'cia', 'nobody']) media.owner?.sends(id, ['microphone'])
  const audible = () => {
    house.settle()
    return Array.from(floor.speakers)
      .filter(([, { isAudible }]) => isAudible)
      .map(([id]) => id)
  }
  expect(audible()).toEqual(['ann'])
  say('bob', 'floor.mute', { isMuted: false })
  expect(audible()).toEqual(['ann', 'bob'])
  media.owner?.sends('ann', [])
  expect(audible()).toEqual(['bob'])
  media.owner?.turned(true)
  expect(floor.hasMedia).toBe(true)
  media.owner?.turned(false)
  expect([audible(), floor.hasMedia]).toEqual([[], false])
})

it('[AUD-08] the media are told what changes, once, and to cut off who is put out', () => {
  const bench = hostedFloor()
  const { say, house, media, here } = bench
  const told = () => media.told.splice(0)
  bench.seat('ann', 'bob')
  expect(told()).toEqual(['host is heard', 'ann is heard', 'bob is heard'])
  say('host', 'floor.silence', { userId: 'ann', isSilenced: true })
  house.settle()
  house.settle()
  say('host', 'floor.silence', { userId: 'ann', isSilenced: false })
  house.settle()
  say('ann', 'floor.mute', { isMuted: false })
  house.settle()
  say('host', 'floor.remove', { userId: 'ann' })
  house.settle()
  expect(told()).toEqual(['ann listens', 'ann is heard', 'ann listens'])
  // Put out, they are members until their sockets are gone.
  house.putOut('bob')
  expect(told()).toEqual(['bob is out'])
  here.delete('bob')
  house.left('bob')
  house.settle()
  expect(new Set(told())).toEqual(new Set(['bob is out']))
  house.stop()
  expect(told()).toEqual(['released'])
})

it('[AUD-09] seat and place stay while somebody is waited for, and go with them', () => {
  const bench = hostedFloor()
  const { enter, say, reached, here, pass, queue, floor } = bench
  bench.seat('ann')
  for (const name of ['bob', 'cia']) {
    enter(name)
    say(name, 'floor.raise')
  }
  for (const name of ['ann', 'bob']) reached.delete(name)
  pass(10_000)
  expect([queue(), floor.speakers.has('ann')]).toEqual([['bob', 'cia'], true])
  for (const name of ['ann', 'bob']) here.delete(name)
  pass(1_000)
  expect([queue(), floor.speakers.has('ann')]).toEqual([['cia'], false])
  expect(bench.said.announced.at(-1)).toMatchObject({ type: 'floor.left', entry: { why: 'gone' } })
})

it('[AUD-09] who is timed out or banned has neither hand nor seat, and takes none', () => {
  const bench = hostedFloor()
  const { enter, say, sanctions, house, floor, queue } = bench
  bench.seat('ann')
  enter('bob')
  say('bob', 'floor.raise')
  const facts = { id: 's', kind: 'ban', until: null, reason: null, by: 'host' } as const
  for (const name of ['ann', 'bob']) {
    sanctions.set(name, { ...facts, scope: 'channel', mayAppeal: true })
  }
  house.unsettle()
  house.settle()
  expect([floor.speakers.has('ann'), queue()]).toEqual([false, []])
  expect([say('ann', 'floor.sit'), say('bob', 'floor.raise')]).toEqual(['banned', 'banned'])
})

it('[AUD-11] people of an earlier process are waited for, unless they come and leave', () => {
  const bench = hostedFloor()
  const { house, here, enter, floor, queue, say, pass } = bench
  bench.seat('ann', 'bob')
  enter('cia')
  say('cia', 'floor.raise')
  for (const name of ['ann', 'bob', 'cia']) here.delete(name)
  house.hold()
  pass(10_000)
  expect([floor.speakers.size, queue()]).toEqual([3, ['cia']])
  enter('ann')
  here.delete('ann')
  house.left('ann')
  pass(1_000)
  expect([...floor.speakers.keys()]).toEqual(['host', 'bob'])
  enter('cia')
  pass(kitLimits.resumeWindowMs)
  expect([[...floor.speakers.keys()], queue()]).toEqual([['host'], ['cia']])
})

it('[AUD-16] who waits in vain is out of the media when the wait is over, once', () => {
  const bench = hostedFloor()
  const { house, here, enter, media, pass } = bench
  for (const name of ['ann', 'bob']) enter(name)
  for (const name of ['ann', 'bob']) here.delete(name)
  house.hold()
  pass(kitLimits.resumeWindowMs - 1_000)
  expect(media.told).not.toContain('who waits in vain is out')
  expect([media.mayNow('ann'), media.mayNow('bob')]).toEqual(['hidden', 'hidden'])
  // What is decided about who is not back holds at once.
  house.forgo('ann')
  expect([media.mayNow('ann'), media.told.at(-1)]).toEqual(['out', 'ann is out'])
  pass(2_000)
  expect(media.told.filter((told) => told === 'who waits in vain is out')).toHaveLength(1)
  expect(media.mayNow('bob')).toBe('out')
})

it('[AUD-16] a host who was put out has no encoder either, until they come back in', () => {
  const bench = hostedFloor()
  const { house, here, media, pass } = bench
  const encoder = mediaIdentity('host', encoderTab)
  house.putOut('host')
  here.delete('host')
  house.left('host')
  pass(floorLimits.goneKeptMs)
  expect(media.mayNow('host', encoder)).toBe('out')
  bench.enter('host', 'host')
  expect(media.mayNow('host', encoder)).toBe('microphone')
})

it('[AUD-14] a ticket says what holds when it is given, also when that was decided meanwhile', async () => {
  const bench = hostedFloor()
  const { say, media, house, here, sanctions } = bench
  bench.seat('ann')
  const ann = here.get('ann')
  if (ann === undefined) throw new Error('nobody is here')
  const minted = Promise.withResolvers<void>()
  media.minting = minted.promise
  const asked = house.voices.ticket(ann, 'a')
  say('host', 'floor.silence', { userId: 'ann', isSilenced: true })
  minted.resolve()
  expect(await asked).toMatchObject({ token: '' })
  say('host', 'floor.silence', { userId: 'ann', isSilenced: false })
  say('ann', 'floor.mute', { isMuted: false })
  expect(await house.voices.ticket(ann, 'a')).toMatchObject({ token: 'microphone' })
  // A decision holds at once, though the seat is lost with the next frame.
  const facts = { id: 's', kind: 'ban', until: null, reason: null, by: 'host' } as const
  sanctions.set('ann', { ...facts, scope: 'channel', mayAppeal: true })
  expect(await house.voices.ticket(ann, 'a')).toMatchObject({ token: 'hidden' })
  house.putOut('ann')
  await expect(house.voices.ticket(ann, 'a')).rejects.toMatchObject({ code: 'not_allowed' })
})
