/** Work of one key after the other, in the order it came; at once when nothing is under way. */

export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  /** Runs the work now, or behind what the same key has under way. */
  take<Made>(key: string, work: () => Made | Promise<Made>): Made | Promise<Made> {
    const before = this.#last.get(key)
    const made = before === undefined ? work() : before.then(work)
    if (made instanceof Promise) this.#follow(key, made)
    return made
  }

  /** Keys that have something under way. */
  get size(): number {
    return this.#last.size
  }

  #follow(key: string, made: Promise<unknown>): void {
    const over = made.then(
      () => undefined,
      () => undefined,
    )
    this.#last.set(key, over)
    void over.then(() => {
      if (this.#last.get(key) === over) this.#last.delete(key)
    })
  }
}
