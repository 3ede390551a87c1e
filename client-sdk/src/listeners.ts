/** A set of callbacks of one kind. One that throws neither stops the others nor goes unnoticed. */
export class Listeners<Arguments extends unknown[] = []> {
  readonly #all = new Set<{ call: (...args: Arguments) => void }>()

  /** Returns the function that takes the callback out again. */
  add(call: (...args: Arguments) => void): () => void {
    const listener = { call }
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  /** Calls those present now, in the order they came. */
  tell(...args: Arguments): void {
    for (const listener of Array.from(this.#all)) {
      if (this.#all.has(listener)) guarded(() => listener.call(...args))
    }
  }

  clear(): void {
    this.#all.clear()
  }

  get size(): number {
    return this.#all.size
  }
}

/** Runs somebody else's code; what it throws surfaces as an uncaught error of its own. */
export function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
