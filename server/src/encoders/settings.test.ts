/** Where encoders send, as it is set. */
import { expect, test } from 'vitest'
import { readConfig, WrongSettings } from '../config.ts'

const livekit = {
  LIVEKIT_URL: 'http://livekit:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'x'.repeat(40),
}
const LIVEKIT_RTMP_URL = 'rtmps://live.example/live/'

test('[OUT-05] encoders are offered what is set, and settings that lead nowhere are refused', () => {
  expect(readConfig(livekit).encoders).toEqual({})
  const whip = { LIVEKIT_WHIP_URL: 'https://live.example/whip' }
  expect(readConfig({ ...livekit, LIVEKIT_RTMP_URL, ...whip }).encoders).toEqual({
    rtmp: 'rtmps://live.example/live',
    whip: 'https://live.example/whip',
  })
  expect(() => readConfig({ LIVEKIT_RTMP_URL })).toThrow(WrongSettings)
  expect(() => readConfig({ ...livekit, LIVEKIT_RTMP_URL: 'https://x' })).toThrow(
    /LIVEKIT_RTMP_URL/,
  )
})
