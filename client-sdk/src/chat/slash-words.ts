/** Words behind a slash command: durations, and people by name. */

export interface Named {
  readonly id: string
  readonly name: string
}

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const
export type DurationUnit = keyof typeof unitSeconds

/** Seconds of `90`, `10m`, `1h30m`; a number alone means `unit`. Undefined when it is none. */
export function durationIn(word: string, unit: DurationUnit): number | undefined {
  const text = word.toLowerCase()
  if (/^\d{1,8}$/.test(text)) return Number(text) * unitSeconds[unit]
  if (!/^(\d{1,8}[smhdw]){1,5}$/.test(text)) return undefined
  let seconds = 0
  for (const [, count, of] of text.matchAll(/(\d+)([smhdw])/g)) {
    seconds += Number(count) * unitSeconds[of as DurationUnit]
  }
  return seconds
}

export type FoundPerson = { person: Named; rest: string } | 'none' | 'unknown' | 'several'

/**
 * Who is named at the beginning, with or without @, and what follows. Names may have spaces: the
 * longest that fits counts. Quotes around a name end it where nothing else would.
 */
export function personIn(text: string, people: Iterable<Named>): FoundPerson {
  const named = text.replace(/^@/, '')
  if (named === '') return 'none'
  const quoted = /^"([^"]*)"\s*(.*)$/s.exec(named)
  const words = plain(quoted?.[1] ?? named)
  let longest = 0
  const found = new Map<string, Named>()
  for (const person of people) {
    const name = plain(person.name)
    const fits = quoted ? words === name : words === name || words.startsWith(`${name} `)
    if (!fits || name.length < longest) continue
    if (name.length > longest) found.clear()
    longest = name.length
    found.set(person.id, person)
  }
  const [person, other] = found.values()
  if (person === undefined) return 'unknown'
  if (other !== undefined) return 'several'
  const rest = quoted?.[2] ?? folded(named).slice(longest)
  return { person, rest: rest.trim() }
}

const folded = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()
const plain = (text: string): string => folded(text).toLowerCase()
