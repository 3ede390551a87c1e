/** So many turns in any second, whoever asks for them. */
export class Turns {
  readonly #max: number
  /** When the latest were taken, Unix ms, the oldest first. */
  readonly #taken: number[] = []

  constructor(perSecondMax: number) {
    this.#max = perSecondMax
  }

  /** False while there is none. */
  take(now: number): boolean {
    const [oldest = 0] = this.#taken
    // A clock that was set back takes nobody's turn away.
    if (this.#taken.length >= this.#max && oldest <= now && oldest > now - 1_000) return false
    this.#taken.push(now)
    if (this.#taken.length > this.#max) this.#taken.shift()
    return true
  }
}
