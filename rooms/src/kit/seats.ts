/** Seats people hold reserved without having connected, counted per person. */
import { kitLimits } from './protocol.ts'

/** How many seats each person holds that no socket has taken. */
export interface SeatCounter {
  /** Takes a place until `untilMs`. False when the person holds as many as allowed. */
  take(userId: string, now: number, untilMs: number): boolean | Promise<boolean>
  /** The person connected: the oldest seat is used. */
  use(userId: string): void
  expire(now: number): void
}

/** For one process. */
export class PendingSeats implements SeatCounter {
  readonly #held = new Map<string, number[]>()

  take(userId: string, now: number, untilMs: number): boolean {
    const live = (this.#held.get(userId) ?? []).filter((end) => end > now)
    if (live.length >= kitLimits.pendingSeatsMax) return false
    live.push(untilMs)
    this.#held.set(userId, live)
    return true
  }

  use(userId: string): void {
    const live = this.#held.get(userId)
    if (live === undefined) return
    live.shift()
    if (live.length === 0) this.#held.delete(userId)
  }

  expire(now: number): void {
    for (const [userId, ends] of this.#held) {
      if (ends.every((end) => end <= now)) this.#held.delete(userId)
    }
  }
}
