/** A world whose clock the test moves by hand and whose dice it loads. */
import type { World } from '../world.ts'

export interface HandWorld extends World {
  /** Moves the clock, running what falls due in order. */
  advance(ms: number): void
  /** Timers not yet run or called off. */
  waiting(): number
}

export function handWorld(random: () => number = () => 0.5): HandWorld {
  const timers = new Map<number, { at: number; run: () => void }>()
  let now = 1_000_000
  let ids = 0
  return {
    now: () => now,
    random,
    newId: () => `request-${++ids}`,
    after(delayMs, run) {
      const id = ++ids
      timers.set(id, { at: now + delayMs, run })
      return () => void timers.delete(id)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)
        const next = due[0]
        if (next === undefined) break
        timers.delete(next[0])
        now = Math.max(now, next[1].at)
        next[1].run()
      }
      now = end
    },
    waiting: () => timers.size,
  }
}
