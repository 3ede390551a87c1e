/** What a person asks for, as letters and digits: nothing in it means anything to the database. */
import { searchLimits } from './protocol.ts'

export interface Asked {
  /** Words with one blank between them. */
  text: string
  /** The same as it would stand in a handle. */
  handle: string
  /** The same as a beginning, for `like`. */
  handlePrefix: string
}

/** Null when there is nothing to look for. */
export function askedWords(given: string): Asked | null {
  const words = given
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}_]+/gu)
  const text = [...(words?.join(' ') ?? '')].slice(0, searchLimits.askedCharsMax).join('').trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return null
  const handle = text.replaceAll(' ', '')
  return { text, handle, handlePrefix: beginning(handle) }
}

export const beginning = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
