/** A film that no replay goes with, as the bar plays it. */
import type { Playable } from '../replays/playable.ts'
import type { Projector } from './projector.ts'

export class FilmAlone implements Playable {
  readonly duration: number
  readonly holes = []
  readonly pulse = { ms: 1, points: [] }
  readonly #projector: Projector

  constructor(projector: Projector, durationMs: number) {
    this.#projector = projector
    this.duration = durationMs
  }

  get position(): number {
    if (this.#projector.isAtEnd) return this.duration
    return Math.min(this.duration, this.#projector.time * 1_000)
  }

  get status(): Playable['status'] {
    if (this.#projector.isAtEnd) return 'ended'
    return this.#projector.isPlaying ? 'playing' : 'paused'
  }

  get speed(): number {
    return this.#projector.pace
  }
  set speed(speed: number) {
    this.#projector.pace = speed
  }

  play(): void {
    void this.#projector.play()
  }

  pause(): void {
    this.#projector.pause()
  }

  async seek(ms: number): Promise<void> {
    this.#projector.time = Math.min(this.duration, Math.max(0, ms)) / 1_000
  }

  readonly onPosition = (call: () => void): (() => void) =>
    this.#projector.listen({ went: call, moved: call })

  readonly onStatus = (call: () => void): (() => void) =>
    this.#projector.listen({ played: call, rested: call, paced: call, moved: call })
}
