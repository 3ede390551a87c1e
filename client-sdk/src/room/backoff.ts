/**
 * When to try again: 0.5 s doubling to 30 s, and anywhere below it, so that a crowd spreads out.
 */
export const backoffLimits = { firstMs: 500, longestMs: 30_000 } as const

/** `attempt` counts from 0; full jitter over the whole span. */
export function backoffMs(attempt: number, random: () => number): number {
  const span = Math.min(backoffLimits.longestMs, backoffLimits.firstMs * 2 ** attempt)
  return Math.round(random() * span)
}
