/** Two readings of one entry, each of which may lack what was taken out: together they lack all. */
import type { LogRecord } from '../../ports.ts'

type Entry = LogRecord['entry']

/** What an entry may hold of words that somebody took out. */
interface Worded {
  id?: unknown
  removed?: unknown
  replyTo?: { text?: unknown }
  lines?: Worded[]
}

/** `entry`, without what `other` has taken out. */
export function withoutRemoved(entry: Entry, other: Entry): Entry {
  return without(entry as Worded, other as Worded) as Entry
}

function without(one: Worded, other: Worded): Worded {
  if (one.removed !== undefined) return one
  if (other.removed !== undefined) return other
  const { replyTo, lines } = one
  const isQuoteGone = replyTo !== undefined && other.replyTo?.text === ''
  const others = new Map(other.lines?.map((line) => [line.id, line]))
  return {
    ...one,
    ...(isQuoteGone && { replyTo: { ...replyTo, text: '' } }),
    ...(lines && { lines: lines.map((line) => without(line, others.get(line.id) ?? line)) }),
  }
}
