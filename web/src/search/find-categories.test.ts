import { expect, test } from 'vitest'
import { enHouse } from '../text/en-house.ts'
import { neHouse } from '../text/ne-house.ts'
import type { Translate } from '../text/translations.ts'
import { findCategories } from './find-categories.ts'

const said = ({ categories }: typeof enHouse) =>
  ((key: string) => categories[key.split('.')[1] as keyof typeof categories]) as Translate
const english = said(enHouse)
const nepali = said(neHouse)

test('[WEB-80] a category is found by the beginning of its name, in either language', () => {
  expect(findCategories('music', english)).toEqual(['music'])
  expect(findCategories(' MÚS ', english)).toEqual(['music'])
  expect(findCategories('सङ्गी', nepali)).toEqual(['music'])
  expect(findCategories('music', nepali)).toEqual(['music'])
  expect(findCategories('खेल', nepali)).toEqual(['gaming', 'sport'])
})

test('[WEB-80] one letter, another word, or more than its name is no category', () => {
  for (const text of ['', 'm', 'usic', 'musical', '  ']) {
    expect(findCategories(text, english), text).toEqual([])
  }
})
