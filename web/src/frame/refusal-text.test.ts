import { Refusal } from '@odeon/sdk'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../text/en.ts'
import { ne } from '../text/ne.ts'
import { translations } from '../text/translations.ts'
import { errorText, fieldErrors } from './refusal-text.ts'

beforeAll(() => {
  translations.add('en', en)
  translations.add('ne', ne)
})

const said = (language: string, refusal: Refusal) => {
  translations.choose(language)
  const { t } = translations.current()
  return { whole: errorText(t, refusal), fields: fieldErrors(t, refusal) }
}

const tooLong = new Refusal({
  code: 'invalid',
  message: 'Some of the values are not valid.',
  fields: { 'links.0.label': 'Use at most 140 characters.', odd: 'Said by something newer.' },
  problems: { 'links.0.label': { code: 'too_long', max: 140 } },
})

test('[WEB-83] a problem of a field is said in the language of the page, with its figures', () => {
  expect(said('en', tooLong)).toEqual({
    whole: 'Use at most 140 characters.',
    fields: { 'links.0.label': 'Use at most 140 characters.', odd: 'Said by something newer.' },
  })
  const { whole, fields } = said('ne', tooLong)
  expect(whole).toBe('बढीमा १४० अक्षर लेख्नुहोस्।')
  expect(fields['links.0.label']).toBe(whole)
})

test('[WEB-83] what nobody could mend by other words is told as a whole', () => {
  const broken = new Refusal({
    code: 'invalid',
    message: 'Some of the values are not valid.',
    fields: { userId: 'This is not written the way it has to be.' },
    problems: { userId: { code: 'wrong_form' } },
  })
  expect(said('ne', broken).whole).toBe(ne.refusal.invalid)
})

test('[WEB-83] codes of rooms and of calls are said in the language of the page', () => {
  for (const code of ['code_taken', 'too_many', 'hold_full', 'slow_mode', 'own_channel']) {
    const { whole } = said('ne', new Refusal({ code, message: 'Machine words.' }))
    expect(whole, code).toMatch(/[\u0900-\u097f]/)
  }
  expect(said('ne', new Refusal({ code: 'of_tomorrow', message: 'Words.' })).whole).toBe('Words.')
})
