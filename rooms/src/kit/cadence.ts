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

export class Cadence {
  readonly #flush: () => void
  readonly #intervalMs: () => number
  #immediate: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #lastAt = Number.NEGATIVE_INFINITY
  #stopped = false

  constructor(options: { intervalMs: () => number; flush: () => void }) {
    this.#flush = options.flush
    this.#intervalMs = options.intervalMs
  }

  /** There is something to say. */
  wake(): void {
    if (this.#stopped || this.#immediate !== undefined || this.#timer !== undefined) return
    const waitMs = this.#lastAt + this.#intervalMs() - performance.now()
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
