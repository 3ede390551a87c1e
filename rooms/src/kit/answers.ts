/**
 * What commands were answered, by request id, so that a retry gets its first answer and is not
 * done twice. Bounded in number and age; the oldest go first.
 */
import { kitLimits, type RefusalBody } from './protocol.ts'

export type Outcome =
  | { status: 'ok'; reply: unknown }
  | { status: 'refused'; body: RefusalBody }
  | { status: 'fault'; body: RefusalBody }

interface Kept {
  fingerprint: string
  outcome: Outcome | Promise<Outcome>
  at: number
}

export class Answers {
  readonly #kept = new Map<string, Kept>()

  /** The first answer (or the promise of it), `reused` when the id stood for something else. */
  find(key: string, fingerprint: string): Outcome | Promise<Outcome> | 'reused' | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    return kept.fingerprint === fingerprint ? kept.outcome : 'reused'
  }

  keep(key: string, fingerprint: string, outcome: Outcome | Promise<Outcome>, at: number): void {
    this.#kept.delete(key)
    this.#kept.set(key, { fingerprint, outcome, at })
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
