import { reportReasons, scoreCategories } from '@odeon/rooms/protocol'
import { beforeAll, expect, test } from 'vitest'
import { ne } from '../text/ne.ts'
import { translations } from '../text/translations.ts'
import { reasonText } from './reason-text.ts'

beforeAll(() => {
  translations.add('ne', ne)
  translations.choose('ne')
})

test('[WEB-84] what the scorer found and what people report by is said in words', () => {
  const { t } = translations.current()
  for (const code of [...scoreCategories, ...reportReasons]) {
    expect(reasonText(t, code), code).toMatch(/^[\u0900-\u097f ]+$/)
  }
  expect(reasonText(t, 'shouting over others')).toBe('shouting over others')
})
