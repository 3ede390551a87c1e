/**
 * What a room remembers beside state and log: lines that wait, numbers that count. Each part is
 * told to the journal when it changed, so that a successor begins with it.
 */

/** Plain data only: numbers, texts, arrays, objects. Its size has a bound. */
export type Remembered = Record<string, unknown>

/** One part: what was remembered of it, and what says that it changed. */
export interface Keeping<Part> {
  readonly before: Part | undefined
  readonly changed: () => void
}

/** For what is kept nowhere: tests, and rooms without a journal behave the same. */
export const unkept: Keeping<never> = { before: undefined, changed: () => {} }

export class Memory {
  readonly #parts = new Map<string, () => unknown>()
  readonly #changed = new Set<string>()
  readonly #before: Remembered
  readonly #wake: () => void

  /** `before` is what an earlier writer of this room remembered. */
  constructor(before: Remembered = {}, wake: () => void = () => {}) {
    this.#before = before
    this.#wake = wake
  }

  /** Keeps a part from now on; returns what was remembered of it, and what says it changed. */
  keep<Part>(name: string, read: () => Part): Keeping<Part> {
    this.#parts.set(name, read)
    const changed = (): void => {
      this.#changed.add(name)
      this.#wake()
    }
    return { before: this.#before[name] as Part | undefined, changed }
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0
  }

  /** Parts that changed since the last call. */
  takeChanges(): Remembered | undefined {
    if (this.#changed.size === 0) return undefined
    const changes: Remembered = {}
    for (const name of this.#changed) changes[name] = this.#parts.get(name)?.()
    this.#changed.clear()
    return changes
  }

  all(): Remembered {
    return Object.fromEntries(Array.from(this.#parts, ([name, read]) => [name, read()]))
  }
}
