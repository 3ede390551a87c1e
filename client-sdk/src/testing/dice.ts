/** Randomness that a seed repeats (mulberry32), for runs that must be seen again. */
export interface Dice {
  seed: number
  /** 0 ≤ x < 1. */
  next(): number
  within(span: readonly [from: number, to: number]): number
}

/** `ODEON_SEED` repeats a run; otherwise each one is new, and prints its seed. */
export function dice(seed = Number(process.env.ODEON_SEED ?? Date.now() % 2 ** 31)): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { seed, next, within: ([from, to]) => from + next() * (to - from) }
}
