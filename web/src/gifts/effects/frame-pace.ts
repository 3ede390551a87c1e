/**
 * Frames come first: on a machine that is late, less flies and the picture gets coarser; one that
 * is late all the same is left alone, and the cards tell of gifts. Knows neither canvas nor clock.
 */
export interface Quality {
  /** Most pixels of the canvas for one of the page, along a side. */
  ratioMax: number
  /** How much flies, from 0 to 1. */
  density: number
}

export const paceLimits = {
  /** A frame that takes longer is late. */
  lateMs: 24,
  /** Such a frame counts for several. */
  veryLateMs: 120,
  veryLateCounts: 5,
  /** So much lateness, less what came in time, leads one step down. */
  lateMax: 20,
  steps: [
    { ratioMax: 2, density: 1 },
    { ratioMax: 1, density: 0.7 },
    { ratioMax: 0.6, density: 0.4 },
  ],
} as const

export class FramePace {
  #late = 0
  #step = 0

  /** Undefined when nothing of it can be had in time. */
  get quality(): Quality | undefined {
    return paceLimits.steps[this.#step]
  }

  /** True when it has led a step down. */
  took(ms: number): boolean {
    const { lateMs, veryLateMs, veryLateCounts, lateMax } = paceLimits
    const count = ms > veryLateMs ? veryLateCounts : ms > lateMs ? 1 : -0.5
    this.#late = Math.max(0, this.#late + count)
    if (this.#late < lateMax || this.quality === undefined) return false
    this.#late = 0
    this.#step += 1
    return true
  }
}
