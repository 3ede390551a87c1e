/** Which LiveKit the settings come to, and what is wrong with half of them. */
import { expect, test } from 'vitest'
import { readConfig, WrongSettings } from '../../config.ts'

const LIVEKIT_API_SECRET = 'x'.repeat(40)
const all = { LIVEKIT_URL: 'https://livekit.example/', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET }
const mediaOf = (settings: Record<string, string>) => readConfig(settings).media

function problemsOf(settings: Record<string, string>): readonly string[] {
  try {
    readConfig(settings)
    return []
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems
    throw error
  }
}

test('[MED-18] a LiveKit of your own is reached over HTTP and told to browsers as a socket', () => {
  expect(mediaOf(all)).toEqual({
    url: 'https://livekit.example',
    publicUrl: 'wss://livekit.example',
    apiKey: 'key',
    apiSecret: LIVEKIT_API_SECRET,
  })
  const figures = 'http://odeon:secret@livekit:6789/metrics'
  expect(mediaOf({ ...all, LIVEKIT_METRICS_URL: figures })).toHaveProperty('metricsUrl', figures)
  const inside = { ...all, LIVEKIT_URL: 'ws://livekit:7880', LIVEKIT_PUBLIC_URL: 'wss://l.example' }
  expect(mediaOf(inside)).toMatchObject({
    url: 'http://livekit:7880',
    publicUrl: 'wss://l.example',
  })
})

test('[MED-18] without one a single process has its own, several have none, and it can be left out', () => {
  const several = { REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgres://localhost/odeon' }
  expect(mediaOf({})).toBe('own')
  expect(mediaOf(several)).toBe('off')
  expect(mediaOf({ ...several, ...all })).toHaveProperty('apiKey')
  expect(mediaOf({ ...all, MEDIA: 'off' })).toBe('off')
})

test.each<[Record<string, string>, string[]]>([
  [{ LIVEKIT_URL: all.LIVEKIT_URL }, ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET']],
  [{ LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET }, ['LIVEKIT_URL']],
  [{ LIVEKIT_PUBLIC_URL: 'wss://l.example' }, ['LIVEKIT_URL']],
  [{ LIVEKIT_METRICS_URL: 'http://l.example/metrics' }, ['LIVEKIT_URL']],
  [{ ...all, LIVEKIT_METRICS_URL: 'too short' }, ['LIVEKIT_METRICS_URL']],
  [{ ...all, LIVEKIT_URL: 'ftp://livekit.example' }, ['LIVEKIT_URL']],
  [{ ...all, LIVEKIT_API_KEY: 'no key' }, ['LIVEKIT_API_KEY']],
  [{ ...all, LIVEKIT_API_SECRET: 'too short' }, ['LIVEKIT_API_SECRET']],
  [{ MEDIA: 'yes' }, ['MEDIA']],
])('[MED-18] %j is refused by name', (settings, names) => {
  const problems = problemsOf(settings)
  expect(problems.map((text) => text.split(':')[0])).toEqual(names)
  expect(problems.join()).not.toContain('too short')
})

test('[MED-18] the secret that everybody can read is refused but for a LiveKit of this machine', () => {
  const production = {
    ...all,
    NODE_ENV: 'production',
    JWT_SECRET: 'x'.repeat(48),
    PUBLIC_URL: 'https://odeon.example',
  }
  expect(problemsOf(production)).toEqual([])
  const published = 'odeon-local-secret-known-to-everybody'
  const refused = ['LIVEKIT_API_SECRET: expected one of your own, as everybody can read this one']
  expect(problemsOf({ ...production, LIVEKIT_API_SECRET: published })).toEqual(refused)
  for (const [url, problems] of [
    ['http://livekit:7880', refused],
    ['ws://192.168.1.5:7880', refused],
    ['ws://localhost.example', refused],
    ['ws://localhost:7880', []],
    ['http://127.0.0.1:7880', []],
    ['ws://[::1]:7880', []],
  ] as const) {
    const given = { ...all, LIVEKIT_URL: url, LIVEKIT_API_SECRET: published }
    expect(problemsOf(given), url).toEqual(problems)
  }
  const local = { ...production, LIVEKIT_URL: 'ws://localhost:7880' }
  expect(problemsOf({ ...local, LIVEKIT_API_SECRET: published })).toEqual(refused)
})
