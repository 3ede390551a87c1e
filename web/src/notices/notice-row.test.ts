import type { Notice } from '@odeon/sdk'
import { expect, test } from 'vitest'
import type { Translate } from '../text/translations.ts'
import { blanksOf, placeOf } from './notice-row.tsx'

const notice = (change: Partial<Notice>): Notice => ({
  id: 'n1',
  kind: 'mention',
  at: 0,
  readAt: null,
  channel: null,
  from: null,
  text: null,
  path: null,
  sanctionId: null,
  until: null,
  ...change,
})

test('[WEB-70] a sanction leads to its appeal, other notices to where it happened', () => {
  expect(placeOf(notice({ kind: 'sanction', sanctionId: 's/1', path: '/live/x' }))).toBe(
    '/appeals/s%2F1',
  )
  expect(placeOf(notice({ path: '/live/x#line-7' }))).toBe('/live/x#line-7')
  const channel = { id: 'c', handle: 'maya', name: 'Maya' }
  expect(placeOf(notice({ channel }))).toBe('/channel/maya')
})

test('[PAY-19] a notice of coins leads to its payment and says how many', () => {
  const path = '/coins/return/p1'
  const added = notice({ kind: 'coins_added', text: '6435', path })
  const plain: Translate = (key) => key
  expect([placeOf(added), blanksOf(added, plain).coins]).toEqual([path, 6_435])
  // What others quote is no number.
  expect(blanksOf(notice({ text: '7 of us' }), plain).coins).toBe(0)
})

test('[WEB-70] no notice leads out of the house', () => {
  for (const path of ['//evil.example', 'https://evil.example', 'javascript:alert(1)', '']) {
    expect(placeOf(notice({ path })), path).toBe('/notices')
  }
})
