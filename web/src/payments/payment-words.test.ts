// Each end of a payment has words of its own, and nobody is told of money that nothing is known of.
import type { PaymentView } from '@odeon/sdk'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../text/en.ts'
import { ne } from '../text/ne.ts'
import { translations } from '../text/translations.ts'
import { wordsOf } from './payment-words.ts'

beforeAll(() => {
  translations.add('en', en)
  translations.add('ne', ne)
})

const payment = (state: PaymentView['state'], needsLook = false) =>
  ({ id: 'payment-7', coins: 6_435, gateway: 'esewa', state, needsLook }) as const
const states = ['pending', 'paid', 'failed', 'expired', 'refunded', 'charged_back'] as const
const said = (of: ReturnType<typeof payment>, how: { isLeft?: boolean; have?: string } = {}) =>
  wordsOf(translations.current().t, of, { isLeft: false, have: undefined, ...how })

test('[PAY-17] the page says each end of a payment in words', () => {
  translations.choose('en')
  const rows: [ReturnType<typeof said>, string, RegExp][] = [
    [said(payment('pending')), 'Waiting for eSewa', /come by themselves/],
    [said(payment('pending'), { isLeft: true }), 'Not paid yet', /If you did pay/],
    [said(payment('paid')), '6,435 coins are yours', /Have fun/],
    [said(payment('paid'), { have: '7,000' }), '6,435 coins are yours', /7,000 coins now/],
    [said(payment('failed')), 'It was not paid', /Nothing was taken/],
    [said(payment('failed', true)), 'Somebody must look at it', /payment-7/],
    [said(payment('expired')), 'The time to pay is over', /If you did pay/],
    [said(payment('refunded')), 'It was given back', /its coins with it/],
    [said(payment('charged_back')), 'It is disputed', /gone for now/],
  ]
  for (const [words, title, text] of rows) {
    expect(words).toEqual({ title, text: expect.stringMatching(text) })
  }
  expect(said(payment('failed', true)).text).not.toContain('Nothing was taken')
})

test('[PAY-17] no two ends read alike, in any language', () => {
  for (const language of ['en', 'ne']) {
    translations.choose(language)
    const all = [
      ...states.map((state) => said(payment(state))),
      said(payment('pending'), { isLeft: true }),
      said(payment('failed', true)),
    ]
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
    for (const { title, text } of all) expect(`${title} ${text}`).not.toMatch(/coins\.|\{\{/)
  }
})
