/** Time, randomness and ids as the SDK takes them; tests put their own in `OdeonOptions.world`. */
export interface World {
  /** Unix ms. */
  now(): number
  /** 0 ≤ x < 1. Spreads retries; not for secrets. */
  random(): number
  /** 32 characters that nobody else makes: the id of a command. */
  newId(): string
  /** Runs once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, run: () => void): () => void
}

export const realWorld: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  // Not randomUUID: browsers hide it from pages served over plain HTTP.
  newId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
