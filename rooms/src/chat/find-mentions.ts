/** Who is named with @ in a line: people known here by name, and words that may be accounts. */
import type { People } from './people.ts'
import { chatLimits } from './protocol.ts'

const nameCharsMax = 40
const wordChar = /[\p{L}\p{M}\p{N}_]/u
const accountName = /^[a-z0-9_]{3,20}/i

export interface Mentions {
  /** Ids of people who are here or who spoke. */
  ids: string[]
  /** Words with @ that name nobody known here, as account names. */
  names: string[]
}

/** The longest name that fits counts: "@Ann Lee" names Ann Lee although Ann is here, too. */
export function findMentions(text: string, people: Pick<People, 'named'>): Mentions {
  const ids = new Set<string>()
  const names = new Set<string>()
  let tries = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    // In "ann@example.org" nobody is named.
    if (at > 0 && wordChar.test(text[at - 1] as string)) continue
    tries += 1
    if (tries > chatLimits.mentionTriesMax) break
    const after = Array.from(text.slice(at + 1, at + 1 + nameCharsMax * 2))
    const found = longestName(after, people)
    for (const id of found) ids.add(id)
    const word = found.length === 0 && accountName.exec(after.join(''))?.[0]
    if (word) names.add(word.toLowerCase())
  }
  const known = [...ids].slice(0, chatLimits.mentionsMax)
  return { ids: known, names: [...names].slice(0, chatLimits.mentionsMax - known.length) }
}

function longestName(after: string[], people: Pick<People, 'named'>): string[] {
  for (let length = Math.min(after.length, nameCharsMax); length > 0; length -= 1) {
    const next = after[length]
    if (next !== undefined && wordChar.test(next)) continue
    const ids = people.named(after.slice(0, length).join(''))
    if (ids.length > 0) return ids
  }
  return []
}
