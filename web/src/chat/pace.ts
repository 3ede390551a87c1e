/**
 * When arrivals are drawn: at the next frame while the room is calm, in few batches when it is
 * not, so that a flood costs a few renders a second and a single line waits for nothing.
 */
import { beatMs, untilBeatMs } from '../frame/beat.ts'

export const paceLimits = {
  /** Lines in the last second beyond which arrivals are drawn in batches. */
  calmPerSecond: 12,
  batchMs: beatMs,
} as const

export class Pace {
  private readonly draw: () => void
  private readonly arrivals: number[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private frame: number | undefined
  private drawnAtMs = 0

  constructor(draw: () => void) {
    this.draw = draw
  }

  /** Something arrived: it is drawn soon. */
  arrived(): void {
    const now = Date.now()
    this.arrivals.push(now)
    if (this.arrivals.length > paceLimits.calmPerSecond + 1) this.arrivals.shift()
    if (this.timer !== undefined || this.frame !== undefined) return
    const isDue = now - this.drawnAtMs >= paceLimits.batchMs
    if (!isDue && this.isFlood(now)) {
      this.timer = setTimeout(() => this.atFrame(), untilBeatMs(now))
    } else this.atFrame()
  }

  /** Forgets what was about to be drawn: the caller draws now. */
  drawn(): void {
    clearTimeout(this.timer)
    if (this.frame !== undefined) cancelAnimationFrame(this.frame)
    this.timer = undefined
    this.frame = undefined
    this.drawnAtMs = Date.now()
  }

  private isFlood(now: number): boolean {
    const [first] = this.arrivals
    const isFull = this.arrivals.length > paceLimits.calmPerSecond
    return isFull && first !== undefined && now - first < 1_000
  }

  private atFrame(): void {
    const run = () => {
      this.drawn()
      this.draw()
    }
    // A hidden page has no frames; its lines are kept all the same.
    if (typeof document === 'undefined' || document.hidden) this.timer = setTimeout(run, 0)
    else {
      this.timer = undefined
      this.frame = requestAnimationFrame(run)
    }
  }
}
