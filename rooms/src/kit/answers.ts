/**
 * What commands were answered, by request id, so that a retry gets its first answer and is not
 * done twice. Bounded in number and age; the oldest go first.
 */
import { createHash } from 'node:crypto'
import type { Done } from './journal/record.ts'
import { kitLimits, type RefusalBody } from './protocol.ts'

export type Outcome =
  | { status: 'ok'; reply: unknown }
  | { status: 'refused'; body: RefusalBody }
  | { status: 'fault'; body: RefusalBody }

/** The writer's answer to a command that was passed on: it is given as it is. */
export class AnsweredElsewhere extends Error {
  override name = 'AnsweredElsewhere'
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super(outcome.status)
    this.outcome = outcome
  }
}

/** What was asked: a command's name and its message. */
export interface Asked {
  readonly name: string
  readonly message: unknown
}

/** The same, by what its message reads like: all that an earlier writer left of it. */
export interface AskedBefore {
  readonly name: string
  readonly print: string
}

interface Kept {
  asked: Asked | AskedBefore
  outcome: Outcome | Promise<Outcome>
  at: number
}

export class Answers {
  readonly #kept = new Map<string, Kept>()
  /** Stands before the oldest: a new iterator would walk over everything that is gone. */
  #oldest = this.#kept.keys()

  /** The first answer (or the promise of it), `reused` when the id stood for something else. */
  find(key: string, asked: Asked): Outcome | Promise<Outcome> | 'reused' | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    return isSame(kept.asked, asked) ? kept.outcome : 'reused'
  }

  keep(
    key: string,
    asked: Asked | AskedBefore,
    outcome: Outcome | Promise<Outcome>,
    at: number,
  ): void {
    this.#kept.delete(key)
    this.#kept.set(key, { asked, outcome, at })
    if (this.#kept.size > kitLimits.answersMax) this.#dropOldest()
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

  /** What was done and settled, newest last; at most `answersTakenOverMax`. */
  done(): Done[] {
    const done: Done[] = []
    const newest = [...this.#kept].slice(-kitLimits.answersTakenOverMax)
    for (const [key, { asked, outcome, at }] of newest) {
      if (outcome instanceof Promise || outcome.status !== 'ok') continue
      const print = 'print' in asked ? asked.print : printOf(asked.message)
      done.push({ key, name: asked.name, print, reply: outcome.reply, at })
    }
    return done
  }

  #dropOldest(): void {
    let next = this.#oldest.next()
    if (next.done) {
      this.#oldest = this.#kept.keys()
      next = this.#oldest.next()
    }
    this.#kept.delete(next.value as string)
  }

  get size(): number {
    return this.#kept.size
  }
}

/** Short and the same for messages that read equal. */
export function printOf(message: unknown): string {
  return createHash('sha1').update(readOf(message)).digest('base64')
}

/** Validated messages list their fields in the order of their shape, so equal ones read equal. */
const readOf = (message: unknown): string => JSON.stringify(message) ?? ''

function isSame(one: Asked | AskedBefore, other: Asked): boolean {
  if (one.name !== other.name) return false
  if ('print' in one) return one.print === printOf(other.message)
  return readOf(one.message) === readOf(other.message)
}
