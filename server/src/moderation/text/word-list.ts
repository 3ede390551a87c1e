/** What a listed word is, and how its list is written down. */

/**
 * - `slur`: about a group; bad whoever it is aimed at
 * - `threat`: wishes or announces harm
 * - `insult`: a word for a person; worse when somebody is meant
 * - `mild`: an insult that friends use; counts only when somebody is meant
 * - `obscene`: the strong swear words; worse when they are sent at somebody
 * - `vulgar`: coarse, not aimed
 * - `sexual`: not for every audience
 */
export type WordKind = 'slur' | 'threat' | 'insult' | 'mild' | 'obscene' | 'vulgar' | 'sexual'

export interface WordEntry {
  word: string
  kind: WordKind
  /** Score of the word alone. */
  weight: number
}

export type WordLine = [kind: WordKind, weight: number, words: string]

export function entriesOf(lines: WordLine[]): WordEntry[] {
  return lines.flatMap(([kind, weight, words]) =>
    words.split(/\s+/).map((word) => ({ word, kind, weight })),
  )
}

export interface PhraseEntry extends WordEntry {
  parts: string[]
}

/** Phrases are separated by commas. */
export function phrasesOf(lines: WordLine[]): PhraseEntry[] {
  return lines.flatMap(([kind, weight, phrases]) =>
    phrases.split(/\s*,\s*/).map((phrase) => {
      return { word: phrase, kind, weight, parts: phrase.trim().split(/\s+/) }
    }),
  )
}
