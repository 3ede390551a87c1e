/** Starts i18next: English at once, Nepali when asked for; the choice stays in this browser. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en, type Text } from './en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Text }
  }
}

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

async function load(language: Language): Promise<void> {
  if (language === 'ne' && !i18next.hasResourceBundle('ne', 'translation')) {
    const { ne } = await import('./ne.ts')
    i18next.addResourceBundle('ne', 'translation', ne)
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(key, language)
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  const first = firstLanguage()
  if (first !== 'en') await chooseLanguage(first)
}
