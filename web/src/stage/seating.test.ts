import type { MediaPerson } from '@odeon/sdk'
import type { MediaSource } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { seatingOf } from './seating.ts'

const seat = (name: string, no: number) => ({
  name,
  seat: no,
  isMuted: false,
  isSilenced: false,
})
const sends = (...sources: MediaSource[]): MediaPerson => ({
  sources: new Set(sources),
  muted: new Set(),
  isSpeaking: false,
  level: 0,
})
const hostName = 'Night Owl'

test('[PLY-09] the host is first, then guests by seat', () => {
  const guests = Array.from({ length: 7 }, (_, no) => [`g${7 - no}`, seat(`G${7 - no}`, 7 - no)])
  const speakers = new Map([
    ...(guests as [string, ReturnType<typeof seat>][]),
    ['h', seat('H', 0)],
  ])
  const people = new Map([['h', sends('camera', 'microphone')]])
  const seating = seatingOf({ speakers, people, hostName, mayStand: false })
  const { main, beside, isScreen } = seating
  expect(main).toEqual({ userId: 'h', name: 'H', hasPicture: true, isMuted: false })
  expect(beside.map(({ name }) => name)).toEqual(['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7'])
  expect(isScreen).toBe(false)
})

test('[PLY-09] a screen is large, and the face of whoever shows it is beside it', () => {
  const speakers = new Map([
    ['h', seat('H', 0)],
    ['g', seat('G', 1)],
  ])
  const people = new Map([
    ['h', sends('camera', 'screen_share')],
    ['g', sends('camera')],
  ])
  const seating = seatingOf({ speakers, people, hostName, mayStand: false })
  const { main, beside, isScreen } = seating
  expect([main?.userId, isScreen]).toEqual(['h', true])
  expect(beside.map(({ userId }) => userId)).toEqual(['h', 'g'])
})

test('[PLY-09] an encoder sends for a host who is not in the room, under the name of the channel', () => {
  const people = new Map([['h', sends('camera', 'microphone')]])
  const { main, beside } = seatingOf({ speakers: new Map(), people, hostName, mayStand: true })
  expect([main?.name, beside]).toEqual(['Night Owl', []])
})

test('[PLY-09] whoever has no seat any more has no place, whatever the media still say', () => {
  const speakers = new Map([['h', seat('H', 0)]])
  const people = new Map([
    ['h', sends('camera')],
    ['gone', sends('camera', 'microphone')],
  ])
  const { beside } = seatingOf({ speakers, people, hostName, mayStand: false })
  expect(beside).toEqual([])
})
