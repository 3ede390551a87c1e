/**
 * When to try again: 0.5 s doubling to 30 s, and anywhere below it, so that a crowd spreads out;
 * never longer than the outage has lasted, so that a short one is not followed by a long wait.
 */
import type { World } from '../world.ts'

export const backoffLimits = { firstMs: 500, longestMs: 30_000 } as const

/** `attempt` counts from 0, `awayMs` since the connection was lost; full jitter over the span. */
export function backoffMs(
  { attempt, awayMs }: { attempt: number; awayMs: number },
  random: () => number,
): number {
  const doubled = Math.min(backoffLimits.longestMs, backoffLimits.firstMs * 2 ** attempt)
  const span = Math.min(doubled, Math.max(awayMs, 2 * backoffLimits.firstMs))
  return Math.round(random() * span)
}

/** Of whoever has not been away: as long as before a first try to come back. */
export function firstPause(world: Pick<World, 'after' | 'random'>): Promise<void> {
  const pauseMs = backoffMs({ attempt: 0, awayMs: 0 }, () => world.random())
  return new Promise((resolve) => void world.after(pauseMs, resolve))
}
