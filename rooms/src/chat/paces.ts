/** When each member spoke last, for slow mode. */
import { chatLimits } from './protocol.ts'

export class Paces {
  /** Oldest first. */
  readonly #spokeAt = new Map<string, number>()

  spoke(memberId: string, now: number): void {
    this.#spokeAt.delete(memberId)
    this.#spokeAt.set(memberId, now)
  }

  /** Ms until a member may speak again; 0 when it may. */
  waitMs(memberId: string, slowSeconds: number, now: number): number {
    const at = this.#spokeAt.get(memberId)
    return at === undefined ? 0 : Math.max(0, at + slowSeconds * 1_000 - now)
  }

  /** Forgets what no slow mode can ask for. */
  expire(now: number): void {
    for (const [memberId, at] of this.#spokeAt) {
      if (now - at < chatLimits.slowSecondsMax * 1_000) return
      this.#spokeAt.delete(memberId)
    }
  }

  get size(): number {
    return this.#spokeAt.size
  }
}
