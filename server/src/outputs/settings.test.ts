/** What sends streams on, as it is set. */
import { expect, test } from 'vitest'
import { readConfig, WrongSettings } from '../config.ts'

const livekit = {
  LIVEKIT_URL: 'http://livekit:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'x'.repeat(40),
  LIVEKIT_EGRESS: 'on',
}

test('[OUT-13] outputs are there when it is set, and halves of it are refused by name', () => {
  expect(readConfig({}).outputs).toBeUndefined()
  expect(readConfig({ ...livekit, HLS_URL: 'https://cdn.example/' }).outputs).toEqual({
    records: true,
    folder: '/out',
    hlsUrl: 'https://cdn.example',
    minutesADay: 1_440,
    filmsMax: 200,
    runsMax: 20,
    filmHours: 12,
  })
  const bounded = readConfig({ ...livekit, EGRESS_MINUTES: '90', FILMS_MAX: '0' }).outputs
  expect(bounded).toMatchObject({ minutesADay: 90, filmsMax: 0 })
  const house = readConfig({ ...livekit, EGRESS_MAX: '3', FILM_HOURS: '0' }).outputs
  expect(house).toMatchObject({ runsMax: 3, filmHours: 0 })
  expect(() => readConfig({ ...livekit, EGRESS_MAX: 'all' })).toThrow(/EGRESS_MAX/)
  expect(() => readConfig({ ...livekit, FILM_HOURS: '1.5' })).toThrow(/FILM_HOURS/)
  expect(() => readConfig({ ...livekit, EGRESS_MINUTES: '-1' })).toThrow(/EGRESS_MINUTES/)
  expect(() => readConfig({ LIVEKIT_EGRESS: 'on' })).toThrow(/LIVEKIT_URL/)
  expect(() => readConfig({ HLS_URL: 'https://cdn.example' })).toThrow(/LIVEKIT_EGRESS/)
  const SECRETS_KEY = `a:${Buffer.alloc(32, 7).toString('base64url')}`
  expect(readConfig({ SECRETS_KEY }).secretsKeys).toEqual([SECRETS_KEY])
  const wrong = () => readConfig({ SECRETS_KEY: 'a:short-and-secret' })
  expect(wrong).toThrow(WrongSettings)
  expect(wrong).not.toThrow(/short-and-secret/)
})
