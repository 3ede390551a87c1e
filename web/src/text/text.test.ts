import { expect, test } from 'vitest'
import { en } from './en.ts'
import { ne } from './ne.ts'

type Words = { [key: string]: string | Words }

function flat(words: Words, path = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  )
}
const holes = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map((found) => String(found[1])).toSorted()

test('[WEB-14] Nepali says everything English says, with the same blanks to fill', () => {
  const nepali = new Map(flat(ne))
  for (const [key, text] of flat(en)) {
    expect(nepali.get(key), key).toBeTruthy()
    expect(holes(nepali.get(key) ?? ''), key).toEqual(holes(text))
  }
  expect(nepali.size).toBe(flat(en).length)
})

test('[WEB-14] nothing shouts', () => {
  for (const [key, text] of [...flat(en), ...flat(ne)]) {
    expect(text, key).not.toMatch(/!|\p{Extended_Pictographic}/u)
  }
})
