/**
 * When a room speaks. Small rooms at the end of the current turn, larger ones on a shared beat
 * that slows with the audience, so that `audience × frames/s` stays inside the write budget.
 */
import { kitLimits } from './protocol.ts'

/** Ms between two frames for an audience; 0 means at once. */
export function frameIntervalMs(audience: number): number {
  if (audience <= kitLimits.immediateAudienceMax) return 0
  return Math.max(kitLimits.tickMs, (audience / kitLimits.writesPerSecond) * 1000)
}

/** Ms that who spoke last at `lastAt` (ms, monotonic) waits before it speaks again. */
export type Wait = (lastAt: number) => number

/** What is left of an interval. */
export const restOf =
  (intervalMs: () => number): Wait =>
  (lastAt) =>
    lastAt + intervalMs() - performance.now()

/** Turns of several who share a beat: spread evenly over it, so that no two speak at once. */
export class Turns {
  #nextAt = Number.NEGATIVE_INFINITY

  /** Takes the next turn and returns ms until then; the one behind it is `everyMs` later. */
  take(everyMs: number): number {
    const now = performance.now()
    const at = Math.max(now, this.#nextAt)
    this.#nextAt = at + everyMs
    return at - now
  }
}

export class Cadence {
  readonly #flush: () => void
  readonly #waitMs: Wait
  #immediate: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #lastAt = Number.NEGATIVE_INFINITY
  #stopped = false

  constructor(options: { waitMs: Wait; flush: () => void }) {
    this.#flush = options.flush
    this.#waitMs = options.waitMs
  }

  /** There is something to say. */
  wake(): void {
    if (this.#stopped || this.#immediate !== undefined || this.#timer !== undefined) return
    const waitMs = this.#waitMs(this.#lastAt)
    if (waitMs <= 0) this.#immediate = setImmediate(this.#run)
    else this.#timer = setTimeout(this.#run, waitMs)
  }

  /** There is too much to say to wait for the beat. */
  hurry(): void {
    if (this.#stopped || this.#immediate !== undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#immediate = setImmediate(this.#run)
  }

  /** What was waiting for its moment is being said now. */
  spoken(): void {
    if (this.#immediate === undefined) return
    clearImmediate(this.#immediate)
    this.#immediate = undefined
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearImmediate(this.#immediate)
  }

  #run = (): void => {
    this.#immediate = undefined
    this.#timer = undefined
    this.#lastAt = performance.now()
    this.#flush()
  }
}
