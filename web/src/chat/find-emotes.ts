/** Emotes by what was typed of their codes. Pure. */
import type { Emote } from '@odeon/sdk'

/** Exact beginnings first, then codes that contain it. */
export function findEmotes(emotes: readonly Emote[], query: string): Emote[] {
  const sought = query.toLowerCase()
  const begins = emotes.filter(({ code }) => code.toLowerCase().startsWith(sought))
  const contains = emotes.filter(
    ({ code }) => !code.toLowerCase().startsWith(sought) && code.toLowerCase().includes(sought),
  )
  return [...begins, ...contains]
}
