/** Times and amounts as people read them, in the chosen language. */

/** 4:05 or 1:02:09. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

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
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs)
}
