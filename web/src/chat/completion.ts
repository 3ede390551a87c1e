/** What could be meant by what was begun: an emote, a person, a command. Pure. */
import type { Emote } from '@odeon/sdk'
import { findEmotes } from './find-emotes.ts'

export interface Begun {
  kind: 'emote' | 'person' | 'command'
  /** What stands behind the sign. */
  query: string
  /** Where it begins in the text, the sign included. */
  from: number
  to: number
}

export interface Suggestion {
  key: string
  /** What is put in the place of what was begun. */
  insert: string
  label: string
  hint?: string
  emoteId?: string
}

const suggestionsMax = 8
const emoteFrom = 2

const begun = /(?:^|\s)([@:])([\p{L}\p{M}\p{N}_-]*)$/u
const command = /^\/([a-z]*)$/i

/** What is being written at the caret, if it is anything of the kind. */
export function begunAt(text: string, caret: number): Begun | null {
  const before = text.slice(0, caret)
  const asked = command.exec(before)
  if (asked) return { kind: 'command', query: asked[1] ?? '', from: 0, to: caret }
  const found = begun.exec(before)
  if (!found) return null
  const [, sign, query = ''] = found
  if (sign === ':' && query.length < emoteFrom) return null
  const from = caret - query.length - 1
  return { kind: sign === '@' ? 'person' : 'emote', query, from, to: caret }
}

export function suggestEmotes(emotes: readonly Emote[], query: string): Suggestion[] {
  return findEmotes(emotes, query)
    .slice(0, suggestionsMax)
    .map(({ code, id }) => ({
      key: code,
      insert: `:${code}: `,
      label: `:${code}:`,
      emoteId: id,
    }))
}

/** Names by who spoke last; beginnings before names that merely contain it. */
export function suggestPeople(names: readonly string[], query: string): Suggestion[] {
  const sought = query.toLocaleLowerCase()
  const fits = (name: string) => name.toLocaleLowerCase()
  const begins = names.filter((name) => fits(name).startsWith(sought))
  const contains = names.filter(
    (name) => !fits(name).startsWith(sought) && fits(name).includes(sought),
  )
  return [...begins, ...contains]
    .slice(0, suggestionsMax)
    .map((name) => ({ key: name, insert: `@${name} `, label: name }))
}

export interface CommandHint {
  name: string
  /** What comes behind it: `<name> [time] [reason]`. */
  args: string
  help: string
}

export function suggestCommands(commands: readonly CommandHint[], query: string): Suggestion[] {
  const sought = query.toLowerCase()
  return commands
    .filter(({ name }) => name.startsWith(sought))
    .map(({ name, args, help }) => ({
      key: name,
      insert: `/${name} `,
      label: args === '' ? `/${name}` : `/${name} ${args}`,
      hint: help,
    }))
}

export function applied(
  text: string,
  begunPart: Begun,
  { insert }: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(begunPart.to).replace(/^ /, '')
  return {
    text: text.slice(0, begunPart.from) + insert + rest,
    caret: begunPart.from + insert.length,
  }
}
