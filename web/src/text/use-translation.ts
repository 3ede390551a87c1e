/** `useTranslation`: words in the chosen language, for components; changes with the choice. */
import { useSyncExternalStore } from 'react'
import { type Translate, translations } from './translations.ts'

export type { Translate as TFunction } from './translations.ts'

/** `t` is the same function until the language or the words change. */
export function useTranslation(): { t: Translate; i18n: { language: string } } {
  return useSyncExternalStore(translations.subscribe, translations.current)
}
