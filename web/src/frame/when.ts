/** Times and amounts as people read them, in the chosen language. */

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "3 hours ago"; under a minute it is `justNow`. */
export function agoOf(atMs: number, nowMs: number, language: string, justNow: string): string {
  const seconds = Math.round((nowMs - atMs) / 1_000)
  for (const [unit, size] of steps) {
    if (seconds >= size) {
      const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
      return format.format(-Math.floor(seconds / size), unit)
    }
  }
  return justNow
}

export function dateOf(atMs: number, language: string): string {
  return momentFormat(language).format(atMs)
}

const momentFormats = new Map<string, Intl.DateTimeFormat>()

/** Made once a language: making one takes longer than a line of chat takes in all. */
function momentFormat(language: string): Intl.DateTimeFormat {
  const known = momentFormats.get(language)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  momentFormats.set(language, made)
  return made
}

/** "tomorrow", "Friday": the day as people name it within a week of `nowMs`. */
export function dayOf(atMs: number, nowMs: number, language: string): string {
  const days = daysBetween(nowMs, atMs)
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  }
  const named =
    days > 1 && days < 7 ? { weekday: 'long' as const } : { dateStyle: 'medium' as const }
  return new Intl.DateTimeFormat(customsOf(language), named).format(atMs)
}

/** The reader's own customs (12 or 24 hours) where their device speaks the same language. */
function customsOf(language: string): string {
  const own = typeof navigator === 'undefined' ? language : navigator.language
  return own.split('-')[0] === language ? own : language
}

export function timeOf(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(customsOf(language), { timeStyle: 'short' }).format(atMs)
}

/** Midnights of the reader's zone between two moments. */
function daysBetween(from: number, to: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}

/** `Asia/Kathmandu`: the zone that times are shown in. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
