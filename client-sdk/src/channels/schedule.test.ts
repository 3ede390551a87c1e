import { expect, test } from 'vitest'
import { emoteUrl, pictureAt } from './pictures.ts'
import { nextOccurrence, upcoming } from './schedule.ts'

const at = (text: string) => Date.parse(text)
const slot = (weekday: number, startMinute: number, durationMinutes = 60) => {
  return { weekday, startMinute, durationMinutes, title: 'Show' }
}

test.each([
  ['later today', slot(2, 20 * 60), '2026-11-25T10:00:00Z', '2026-11-25T20:00:00Z'],
  ['tomorrow', slot(3, 0), '2026-11-25T10:00:00Z', '2026-11-26T00:00:00Z'],
  ['on since a while', slot(2, 9 * 60 + 30), '2026-11-25T10:00:00Z', '2026-11-25T09:30:00Z'],
  ['over an instant ago: next week', slot(2, 9 * 60), '2026-11-25T10:00:00Z', '2026-12-02T09:00Z'],
  ['Monday, asked on a Sunday', slot(0, 60), '2026-11-29T23:59:00Z', '2026-11-30T01:00:00Z'],
  ['Sunday night over midnight', slot(6, 1_380, 180), '2026-11-30T01:00:00Z', '2026-11-29T23:00Z'],
])('[CHN-36] the next time of a weekly slot: %s', (_what, one, now, startsAt) => {
  const next = nextOccurrence(one, at(now))
  expect(new Date(next.startsAt).toISOString()).toBe(new Date(startsAt).toISOString())
  expect(next.endsAt - next.startsAt).toBe(one.durationMinutes * 60_000)
})

test('[CHN-36] a schedule is put in the order in which it comes up', () => {
  const schedule = [slot(0, 0), slot(6, 0), slot(2, 11 * 60)]
  const order = upcoming(schedule, at('2026-11-25T10:00:00Z')).map(({ slot: one }) => one)
  expect(order).toEqual([schedule[2], schedule[1], schedule[0]])
})

test('[IMG-09] another width of a picture is under the same id', () => {
  expect(pictureAt('/v1/media/abc-256.webp', 64)).toBe('/v1/media/abc-64.webp')
  expect(emoteUrl('abc', 112)).toBe('/v1/media/abc-112.webp')
})
