/**
 * What commands were answered, by request id, so that a retry gets its first answer and is not
 * done twice. Bounded in number and age; the oldest go first.
 */
import { kitLimits, type RefusalBody } from './protocol.ts'

export type Outcome =
  | { status: 'ok'; reply: unknown }
  | { status: 'refused'; body: RefusalBody }
  | { status: 'fault'; body: RefusalBody }

/** What was asked: a command's name and its message. */
export interface Asked {
  readonly name: string
  readonly message: unknown
}

interface Kept {
  asked: Asked
  outcome: Outcome | Promise<Outcome>
  at: number
}

export class Answers {
  readonly #kept = new Map<string, Kept>()

  /** The first answer (or the promise of it), `reused` when the id stood for something else. */
  find(key: string, asked: Asked): Outcome | Promise<Outcome> | 'reused' | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    return isSame(kept.asked, asked) ? kept.outcome : 'reused'
  }

  keep(key: string, asked: Asked, outcome: Outcome | Promise<Outcome>, at: number): void {
    this.#kept.delete(key)
    this.#kept.set(key, { asked, outcome, at })
    if (this.#kept.size > kitLimits.answersMax) {
      this.#kept.delete(this.#kept.keys().next().value as string)
    }
  }

  /** For what did not happen: the next try starts afresh. */
  forget(key: string): void {
    this.#kept.delete(key)
  }

  expire(now: number): void {
    for (const [key, kept] of this.#kept) {
      if (now - kept.at < kitLimits.answersKeptMs) return
      this.#kept.delete(key)
    }
  }

  get size(): number {
    return this.#kept.size
  }
}

/** Validated messages list their fields in the order of their shape, so equal ones read equal. */
function isSame(one: Asked, other: Asked): boolean {
  return one.name === other.name && JSON.stringify(one.message) === JSON.stringify(other.message)
}
