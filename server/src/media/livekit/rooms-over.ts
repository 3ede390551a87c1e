/** Rooms that ended lately: a token from before may open one anew in LiveKit. */

/** Longer than a token lives that LiveKit itself gives to who is connected. */
export const tokensHeldMs = 15 * 60_000
const roomsMax = 10_000

/** At most `roomsMax`, the newest of them. Times are Unix ms. */
export class RoomsOver {
  /** Until when; the oldest first. */
  readonly #until = new Map<string, number>()

  add(roomId: string, now: number): void {
    this.#until.delete(roomId)
    this.#until.set(roomId, now + tokensHeldMs)
    for (const [oldest, until] of this.#until) {
      if (until > now && this.#until.size <= roomsMax) break
      this.#until.delete(oldest)
    }
  }

  has(roomId: string, now: number): boolean {
    return (this.#until.get(roomId) ?? 0) > now
  }

  remove(roomId: string): void {
    this.#until.delete(roomId)
  }
}
