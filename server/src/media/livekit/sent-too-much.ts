/** How many tracks of one source a connection may send, and a person over all of theirs. */
import { mediaLimits, type MediaSource, mediaSources } from '@odeon/rooms/protocol'

export const sentLimits = {
  /** One that goes may overlap the one that takes its place. */
  ofConnectionMax: 2,
  /** One of each tab, and one that takes another's place. */
  ofPersonMax: mediaLimits.tabsPerPersonMax + 1,
} as const

/** One connection of a person, and the sources of its tracks. */
export interface Sender {
  identity: string
  sources: readonly MediaSource[]
}

/** Of one person's connections those that must end, so that the others send what may be. */
export function sentTooMuch(all: readonly Sender[]): Set<string> {
  const out = new Set<string>()
  for (const source of mediaSources) {
    const some = all
      .filter(({ identity }) => !out.has(identity))
      .map(({ identity, sources }) => {
        return { identity, count: sources.filter((one) => one === source).length }
      })
      // Whoever sends the most first.
      .sort((a, b) => b.count - a.count)
    let sum = some.reduce((before, { count }) => before + count, 0)
    for (const { identity, count } of some) {
      if (count <= sentLimits.ofConnectionMax && sum <= sentLimits.ofPersonMax) break
      out.add(identity)
      sum -= count
    }
  }
  return out
}
