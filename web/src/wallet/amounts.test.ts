import { expect, test } from 'vitest'
import { amountOf, movedOf } from './amounts.ts'

test('[WEB-195] amounts have the decimals of their currency and say which way they went', () => {
  expect(amountOf(1_234_567, 'coin', 'en')).toBe('1,234,567')
  expect(amountOf(12_450, 'hours', 'en')).toBe('124.50')
  expect(movedOf(-300, 'coin', 'en')).toBe('−300')
  expect(movedOf(210, 'coin', 'ne')).toBe('+२१०')
})
