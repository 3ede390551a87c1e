import { afterEach, expect, test } from 'vitest'
import { type TextKey, translations, type Words } from './translations.ts'

const say = (key: string, blanks?: Record<string, string | number>) =>
  translations.current().t(key as TextKey, blanks)
const words: Words = {
  greeting: 'Come in, {{ name }}',
  seat_one: '{{count}} seat',
  seat_other: '{{count, number}} seats',
  deep: { er: 'below' },
}

afterEach(() => translations.choose('en'))

test('[WEB-60] blanks are filled, numbers grouped, plurals as the language counts', () => {
  translations.add('en', words)
  expect(say('greeting', { name: '{{name}}' })).toBe('Come in, {{name}}')
  expect(say('greeting')).toBe('Come in, ')
  expect(say('seat', { count: 1 })).toBe('1 seat')
  expect(say('seat', { count: 12_000 })).toBe('12,000 seats')
  expect(say('deep.er')).toBe('below')
})

test('[WEB-60] what a language does not say is said in English, what nobody says by its key', () => {
  translations.add('en', words)
  translations.add('ne', { deep: { er: 'तल' }, seat_other: '{{count, number}} सिट' })
  translations.choose('ne')
  expect(say('deep.er')).toBe('तल')
  expect(say('seat', { count: 12 })).toBe('१२ सिट')
  expect(say('greeting', { name: 'Maya' })).toBe('Come in, Maya')
  expect(say('no.such.word')).toBe('no.such.word')
  expect(say('constructor')).toBe('constructor')
})

test('[WEB-60] words that come later join the earlier ones, and everybody is told', () => {
  let told = 0
  const stop = translations.subscribe(() => told++)
  translations.add('en', { greeting: 'Hello' })
  translations.add('en', { parting: 'Good night' })
  stop()
  expect([say('greeting'), say('parting'), told]).toEqual(['Hello', 'Good night', 2])
})
