/**
 * The words that are loaded, and `t` to say them: plurals by the language's own rules, blanks as
 * `{{name}}`, numbers as `{{count, number}}`. A tenth of what a library would add to first screens.
 */
import type { Text } from './en.ts'

/** Words by section; a leaf is a sentence, perhaps with blanks. */
export type Words = { [key: string]: string | Words }

type Stem<Key extends string> = Key extends `${infer Base}_${'one' | 'other'}` ? Base : Key
type Path<T> = {
  [Key in keyof T & string]: T[Key] extends string ? Stem<Key> : `${Key}.${Path<T[Key]>}`
}[keyof T & string]

/** Everything that can be said. */
export type TextKey = Path<Text>
export type Blanks = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, blanks?: Blanks) => string

interface Language {
  code: string
  words: Words
  plural: Intl.PluralRules
  number: Intl.NumberFormat
}

function languageOf(code: string, words: Words): Language {
  return {
    code,
    words,
    plural: new Intl.PluralRules(code),
    number: new Intl.NumberFormat(code),
  }
}

function find(words: Words, path: string): string | undefined {
  let at: string | Words | undefined = words
  for (const step of path.split('.')) at = typeof at === 'object' ? at[step] : undefined
  return typeof at === 'string' ? at : undefined
}

function sentenceIn(language: Language, key: string, blanks: Blanks): string | undefined {
  const { count } = blanks
  if (typeof count === 'number') {
    const form = find(language.words, `${key}_${language.plural.select(count)}`)
    const counted = form ?? find(language.words, `${key}_other`)
    if (counted !== undefined) return counted
  }
  return find(language.words, key)
}

const blank = /\{\{\s*(\w+)\s*(,\s*number\s*)?\}\}/g

function filled(sentence: string, blanks: Blanks, number: Intl.NumberFormat): string {
  return sentence.replace(blank, (_whole, name: string, isNumber?: string) => {
    const value = blanks[name]
    if (value === undefined) return ''
    return isNumber !== undefined && typeof value === 'number' ? number.format(value) : `${value}`
  })
}

/** What is missing in `language` is said in `fallback`; what nobody can say shows its key. */
function translator(language: Language, fallback: Language): Translate {
  return (key, blanks = {}) => {
    const own = sentenceIn(language, key, blanks)
    const sentence = own ?? sentenceIn(fallback, key, blanks)
    if (sentence === undefined) return key
    return filled(sentence, blanks, (own === undefined ? fallback : language).number)
  }
}

class Translations {
  readonly #languages = new Map<string, Language>()
  readonly #listeners = new Set<() => void>()
  #view: { t: Translate; i18n: { language: string } } = {
    t: (key) => key,
    i18n: { language: 'en' },
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly current = () => this.#view

  /** Sections come when they are needed: later words join the earlier ones. */
  add(code: string, words: Words): void {
    const known = this.#languages.get(code)
    this.#languages.set(code, languageOf(code, { ...known?.words, ...words }))
    this.choose(this.#view.i18n.language)
  }

  choose(code: string): void {
    const english = this.#languages.get('en') ?? languageOf('en', {})
    const language = this.#languages.get(code) ?? languageOf(code, {})
    this.#view = { t: translator(language, english), i18n: { language: code } }
    for (const listener of this.#listeners) listener()
  }
}

export const translations = new Translations()
