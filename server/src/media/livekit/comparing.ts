/** When each room is compared with LiveKit: in turns, now and then, and soon where it must be. */
import type { LiveKitRoom } from './livekit-room.ts'
import { Turns } from './turns.ts'

export const compareLimits = {
  /** A room is compared so often, and less often the more people are in it. */
  compareEveryMs: 10_000,
  compareEveryPersonMs: 20,
  comparedASecondMax: 8,
  /** All rooms are compared out of their time at most so often. */
  unheardEveryMs: 5_000,
} as const

export interface ComparingDeps {
  /** By id; whoever had a turn goes to its end. */
  rooms: Map<string, LiveKitRoom>
  isUp(): boolean
  now(): number
}

export class Comparing {
  readonly #deps: ComparingDeps
  readonly #turns = new Turns(compareLimits.comparedASecondMax)
  /** When each room is compared next, Unix ms. */
  readonly #dueAt = new Map<LiveKitRoom, number>()
  #isUnheard = false
  #unheardAfter = 0

  constructor(deps: ComparingDeps) {
    this.#deps = deps
  }

  /** One that just opened, when there is a turn: many that open at once wait for theirs. */
  opened(room: LiveKitRoom): void {
    const { isUp, now } = this.#deps
    if (isUp() && this.#turns.take(now())) void this.#compare(room)
  }

  /** With the next look. */
  soon(room: LiveKitRoom): void {
    this.#dueAt.set(room, 0)
  }

  closed(room: LiveKitRoom): void {
    this.#dueAt.delete(room)
  }

  /** LiveKit told something that could not be heard, of whichever room. */
  unheard(): void {
    this.#isUnheard = true
  }

  /** Compares those that are due, as many as there are turns. */
  async due(): Promise<void> {
    const { rooms, now: clock } = this.#deps
    const now = clock()
    this.#bringForward(now)
    const due = [...rooms.values()].filter((room) => {
      const at = this.#dueAt.get(room) ?? 0
      return at === 0 || (room.isWatched(now) && at <= now)
    })
    const some: LiveKitRoom[] = []
    for (const room of due) {
      if (!this.#turns.take(now)) break
      some.push(room)
    }
    // Whoever had a turn goes to the end: nobody is passed over, whatever came of it.
    for (const room of some) {
      rooms.delete(room.id)
      rooms.set(room.id, room)
    }
    await Promise.all(some.map((room) => this.#compare(room)))
  }

  #bringForward(now: number): void {
    if (!this.#isUnheard || now < this.#unheardAfter) return
    this.#isUnheard = false
    this.#unheardAfter = now + compareLimits.unheardEveryMs
    for (const room of this.#deps.rooms.values()) if (room.isWatched(now)) this.soon(room)
  }

  async #compare(room: LiveKitRoom): Promise<void> {
    const { rooms, isUp, now } = this.#deps
    if (rooms.get(room.id) !== room || !isUp()) return
    const people = await room.compare()
    if (rooms.get(room.id) !== room) return
    // At the next look again: until one succeeds nobody is known whose rights could be taken.
    if (people === undefined) return this.soon(room)
    const { compareEveryMs, compareEveryPersonMs } = compareLimits
    const afterMs = Math.max(compareEveryMs, people * compareEveryPersonMs)
    this.#dueAt.set(room, now() + afterMs)
  }
}
