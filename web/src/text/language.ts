/**
 * The chosen language, kept in this browser. English words of the first screen are there at once;
 * the others, and other languages, are fetched: pages that come later wait for them.
 */
import { enHouse } from './en-house.ts'
import { translations } from './translations.ts'

export const languages = { en: 'English', ne: 'नेपाली' } as const
export type Language = keyof typeof languages

const key = 'odeon.language'

function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && value in languages
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(key)
  if (isLanguage(kept)) return kept
  return navigator.language.startsWith('ne') ? 'ne' : 'en'
}

/** Every word of every page; a failed try is forgotten, so that the next one asks again. */
let allWords: Promise<void> | undefined
export function loadWords(): Promise<void> {
  allWords ??= import('./en.ts').then(
    ({ en }) => translations.add('en', en),
    (error: unknown) => {
      allWords = undefined
      throw error
    },
  )
  return allWords
}

async function load(language: Language): Promise<void> {
  if (language === 'ne') {
    const { ne } = await import('./ne.ts')
    translations.add('ne', ne)
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await load(language)
  translations.choose(language)
  document.documentElement.lang = language
  localStorage.setItem(key, language)
}

export async function startLanguage(): Promise<void> {
  translations.add('en', enHouse)
  const first = firstLanguage()
  if (first !== 'en') await chooseLanguage(first)
}
