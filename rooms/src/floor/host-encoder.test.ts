/** What a room tells of its host's encoder. */
import { expect, it } from 'vitest'
import { liveKind } from '../live/live-kind.ts'
import { floorBench } from '../testing/floor-bench.ts'
import { floorLimits } from './protocol.ts'

const none = { since: 0, hasPicture: false, hasSound: false, lostAt: 0 }

function bench() {
  const { media, ...rest } = floorBench(liveKind)
  const { owner } = media
  if (owner === undefined) throw new Error('no media')
  owner.turned(true)
  return { ...rest, owner, shown: () => rest.floor.encoder.toJSON() }
}

it('[OUT-31] the encoder is told since when, with and without picture and sound', () => {
  const { owner, clock, shown } = bench()
  expect(shown()).toEqual(none)
  const since = clock.now - 500
  owner.sends('host', [], { since, sources: [] })
  expect(shown()).toEqual({ ...none, since })
  owner.sends('host', ['camera'], { since, sources: ['camera'] })
  expect(shown()).toEqual({ ...none, since, hasPicture: true })
  owner.sends('host', ['microphone'], { since, sources: ['microphone'] })
  expect(shown()).toEqual({ ...none, since, hasSound: true })
  // What the host sends from a page is not the encoder's, nor is somebody else's encoder.
  owner.sends('host', ['camera'], { since, sources: [] })
  owner.sends('ann', ['camera'], { since: 1, sources: ['camera'] })
  expect(shown()).toEqual({ ...none, since })
  // The media server's clock is ahead.
  owner.sends('host', [], { since: clock.now + 60_000, sources: [] })
  expect(shown()).toEqual({ ...none, since: clock.now })
})

it('[OUT-31] one that is lost is told for five minutes, and is there again when it is', () => {
  const { owner, clock, pass, shown } = bench()
  const link = { since: clock.now, sources: ['camera'] as const }
  owner.sends('host', ['camera'], link)
  pass(2_000)
  owner.sends('host', [])
  const lostAt = clock.now
  expect(shown()).toEqual({ ...none, lostAt })
  pass(3_000)
  // A page that sends meanwhile brings no encoder back.
  owner.sends('host', ['microphone'])
  expect(shown()).toEqual({ ...none, lostAt })
  owner.sends('host', ['camera'], { ...link, since: clock.now })
  expect(shown()).toEqual({ ...none, since: clock.now, hasPicture: true })
  owner.sends('host', [])
  pass(floorLimits.encoderLostKeptMs - 1_000)
  expect(shown()).toMatchObject({ lostAt: lostAt + 3_000 })
  pass(1_000)
  expect(shown()).toEqual(none)
})

it('[OUT-31] without media and after the end nothing is told of it', () => {
  const { owner, clock, room, house, shown } = bench()
  const link = { since: clock.now, sources: ['camera'] as const }
  owner.sends('host', ['camera'], link)
  owner.sends('host', [])
  owner.turned(false)
  expect(shown()).toEqual(none)
  owner.turned(true)
  owner.sends('host', ['camera'], link)
  room.phase = 'ended'
  house.settle()
  expect(shown()).toEqual(none)
})
