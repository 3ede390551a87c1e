/** So much work side by side; the rest waits, in the order it came. */
export class AtOnce {
  readonly #max: number
  #running = 0
  readonly #waiting = new Set<() => void>()

  constructor(max: number) {
    this.#max = max
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#max) this.#running += 1
    else await new Promise<void>((resolve) => this.#waiting.add(resolve))
    try {
      return await work()
    } finally {
      // Whoever waits longest takes the place.
      const [next] = this.#waiting
      if (next === undefined) this.#running -= 1
      else {
        this.#waiting.delete(next)
        next()
      }
    }
  }
}
