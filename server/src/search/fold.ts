/** What is asked, as the database keeps names: without accents and capitals, and as words. */
import type { Sql } from '../platform/database.ts'
import type { Asked } from './asked-words.ts'
import { searchLimits } from './protocol.ts'

export interface Folded {
  text: string
  /** As a query for words; null for a text too short for that. */
  words: string | null
}

export async function fold(sql: Sql, { text }: Asked): Promise<Folded> {
  const [row] = await sql<{ text: string; words: string }>`
    select search_fold(${text}) as text,
      plainto_tsquery('simple', search_fold(${text}))::text as words`
  const isShort = [...text].length < searchLimits.wordsFromChars
  return { text: row?.text ?? text, words: row?.words && !isShort ? row.words : null }
}

/** For the transaction: how much alike words must be. */
export async function forgive(tx: Sql): Promise<void> {
  await tx`
    select set_config('pg_trgm.word_similarity_threshold', ${String(searchLimits.alikeMin)}, true)`
}
