/** Categories by the beginning of a word of theirs, in the reader's language or in English. */
import { categories } from '../frame/chip.tsx'
import { enHouse } from '../text/en-house.ts'
import type { Translate } from '../text/translations.ts'

export type FoundCategory = (typeof categories)[number]

/** One letter is in too many words. */
const charsMin = 2

/** As people type: no capitals, no accents. Signs of vowels are letters of other scripts. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .trim()
}

export function findCategories(text: string, t: Translate): FoundCategory[] {
  const asked = folded(text)
  if ([...asked].length < charsMin) return []
  return categories.filter((category) =>
    [t(`categories.${category}`), enHouse.categories[category], category].some((name) =>
      folded(name).startsWith(asked),
    ),
  )
}
