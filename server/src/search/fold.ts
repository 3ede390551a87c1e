/** What is asked, as the database keeps names: without accents and capitals, and as words. */
import type { Sql } from '../platform/database.ts'
import type { Asked } from './asked-words.ts'
import { searchLimits } from './protocol.ts'

export interface Folded {
  text: string
  /** As a query for words; null for a text too short for that. */
  words: string | null
  /** Whether a slip of the fingers is looked for; in a whole sentence it is not. */
  isForgiven: boolean
}

export async function fold(sql: Sql, { text }: Asked): Promise<Folded> {
  const [row] = await sql<{ text: string; words: string }>`
    select search_fold(${text}) as text,
      plainto_tsquery('simple', search_fold(${text}))::text as words`
  const { length } = [...text]
  const { wordsFromChars, alikeCharsMax } = searchLimits
  const words = row?.words && length >= wordsFromChars ? row.words : null
  return {
    text: row?.text ?? text,
    words,
    isForgiven: length >= wordsFromChars && length <= alikeCharsMax,
  }
}

/** For the transaction: how much alike words must be. */
export async function forgive(tx: Sql): Promise<void> {
  await tx`
    select set_config('pg_trgm.word_similarity_threshold', ${String(searchLimits.alikeMin)}, true)`
}
