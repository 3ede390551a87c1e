import { closeCodes } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { Refusal, Unavailable } from '../refusal.ts'
import { afterClose, afterSeatFailed } from './closing.ts'

test.each([1001, 1005, 1006, 4010])(
  '[SDK-08] close code %i leaves the session to resume',
  (code) => {
    expect(afterClose(code)).toEqual({ kind: 'resume' })
  },
)

test.each([
  1000,
  1011,
  1012,
  4001,
  4002,
  4003,
  closeCodes.slowConsumer,
  closeCodes.moved,
  closeCodes.failed,
  closeCodes.unauthenticated,
])('[SDK-09] close code %i asks for a new seat', (code) => {
  expect(afterClose(code)).toEqual({ kind: 'rejoin' })
})

test('[SDK-10] every close code of a violation or a removal ends the room by name', () => {
  const passing = new Set(['slowConsumer', 'moved', 'failed', 'unauthenticated'])
  const final = Object.entries(closeCodes).filter(([reason]) => !passing.has(reason))
  for (const [because, code] of final) expect(afterClose(code)).toEqual({ kind: 'closed', because })
  expect(afterClose(4000)).toEqual({ kind: 'closed', because: 'left' })
})

const refused = (status: number, retryAfterMs?: number) =>
  new Refusal({ code: 'some_code', message: 'No.', status, retryAfterMs })

test('[SDK-10] a seat refused for good ends the room with the code of the refusal', () => {
  for (const status of [400, 401, 403, 404, 409]) {
    expect(afterSeatFailed(refused(status))).toEqual({ kind: 'closed', because: 'some_code' })
  }
})

test('[SDK-09] a seat that cannot be had now is tried again, not sooner than asked', () => {
  expect(afterSeatFailed(refused(429, 7_000))).toEqual({ kind: 'retry', afterMs: 7_000 })
  expect(afterSeatFailed(refused(503, 1_000))).toEqual({ kind: 'retry', afterMs: 1_000 })
  expect(afterSeatFailed(new Unavailable('network'))).toEqual({ kind: 'retry', afterMs: 0 })
  expect(afterSeatFailed(new Unavailable('server'))).toEqual({ kind: 'retry', afterMs: 0 })
})
