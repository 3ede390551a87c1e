// The page of a payment asks often at first, then ever less, and not at all where nothing can come.
import { type PaymentView, Refusal } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { askAgainMs } from './ask-again.ts'

const pending = { state: 'pending' } as PaymentView
const asked = { payment: pending, error: null, isLeft: false, waitedMs: 0 }

test('[PAY-17] a page that waits asks every 3 seconds for a minute, then every 15, then once a minute', () => {
  const rows = [
    [0, 3_000],
    [59_999, 3_000],
    [60_000, 15_000],
    [599_999, 15_000],
    [600_000, 60_000],
    [86_400_000, 60_000],
  ] as const
  for (const [waitedMs, pause] of rows) {
    expect([waitedMs, askAgainMs({ ...asked, waitedMs })]).toEqual([waitedMs, pause])
  }
})

test('[PAY-17] nothing is asked again of what is over, is not there, or was left', () => {
  const paid = { ...pending, state: 'paid' } as const
  expect(askAgainMs({ ...asked, payment: paid })).toBe(false)
  expect(askAgainMs({ ...asked, isLeft: true })).toBe(false)
  const gone = new Refusal({ code: 'not_found', message: 'It is not there.' })
  expect(askAgainMs({ ...asked, payment: undefined, error: gone })).toBe(false)
  // Out of reach, it is tried until something is known.
  const away = { ...asked, payment: undefined, error: new Error('away') }
  expect([askAgainMs(away), askAgainMs({ ...away, isLeft: true })]).toEqual([3_000, 3_000])
})
