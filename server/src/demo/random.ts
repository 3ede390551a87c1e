/** Chance with a seed: the same seed makes the same evening. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  between(min: number, max: number): number
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    // Mulberry32: small, fast, and good enough to choose who speaks.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const shuffled = <T>(items: readonly T[]): T[] => {
    const rest = [...items]
    const taken: T[] = []
    while (rest.length > 0) taken.push(...rest.splice(Math.floor(next() * rest.length), 1))
    return taken
  }
  return {
    next,
    shuffled,
    between: (min, max) => min + next() * (max - min),
    pick: (from) => {
      const picked = from[Math.floor(next() * from.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}
