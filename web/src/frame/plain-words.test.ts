import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

test('[WEB-64] nothing that people wrote steers how it reads', () => {
  expect(plainWords('safe\u202Eexe.gpj')).toBe('safeexe.gpj')
  expect(plainWords('\u2067right\u2069 \u200Fleft')).toBe('right left')
  expect(plainWords('pay\u200Bpal\uFEFF \u2060and\u00AD more')).toBe('paypal and more')
})

test('[WEB-64] what joins letters within words stays', () => {
  expect(plainWords('क्\u200Dष')).toBe('क्\u200Dष')
  expect(plainWords('👩\u200D🎤 sings')).toBe('👩\u200D🎤 sings')
  expect(plainWords('می\u200Cخواهم')).toBe('می\u200Cخواهم')
  expect(plainWords('a \u200D b')).toBe('a  b')
})
