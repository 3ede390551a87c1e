/** How far a replay has come: by time and speed, or to where another clock stands. */
import type { World } from '../world.ts'

export class ReplayClock {
  /** How many times as fast as it was. */
  speed = 1
  /** Ms since the start; undefined while it does not say. */
  outside: (() => number | undefined) | undefined
  readonly #world: World
  #movedAt = 0

  constructor(world: World) {
    this.#world = world
  }

  start(): void {
    this.#movedAt = this.#world.now()
  }

  /** From where it was when this was last asked or started; never back. */
  from(position: number): number {
    const passedMs = this.#world.now() - this.#movedAt
    this.start()
    return Math.max(position, this.outside?.() ?? position + passedMs * this.speed)
  }
}
