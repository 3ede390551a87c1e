import { Refusal } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { faultSaid } from './fault-said.ts'

const refused = (code: string, retryAfterMs?: number) =>
  new Refusal({ code, message: 'Too many requests.', retryAfterMs })
const cause = 'The server limits sign-ins: start it with RATE_LIMIT_FACTOR=1000000'

test('[LOD-32] a server that counts sign-ins is named as the cause, with what to do and the wait', () => {
  expect(faultSaid(refused('rate_limited', 840_001))).toBe(`${cause}, or try again in 15 minutes.`)
  expect(faultSaid(refused('rate_limited', 20_000))).toBe(`${cause}, or try again in 20 seconds.`)
  expect(faultSaid(refused('rate_limited', 900))).toBe(`${cause}, or try again in 1 second.`)
  expect(faultSaid(refused('rate_limited'))).toBe(`${cause}.`)
})

test('[LOD-32] whatever else ends a run says its own words', () => {
  expect(faultSaid(refused('not_found'))).toBe('Too many requests.')
  expect(faultSaid(new Error('No server answers.'))).toBe('No server answers.')
  expect(faultSaid('thrown')).toBe('thrown')
})
