/**
 * Lines that wait for their time under the moderation delay (C5), in the order in which they were
 * said. One that a moderator is deciding about holds up those behind it until that is written.
 */
import { type Keeping, unkept } from '../kit/memory.ts'
import { moderationLimits } from '../moderation/protocol.ts'
import type { LineBody } from './line.ts'

export interface Delayed {
  readonly body: LineBody
  /** Unix ms at which it was said. */
  readonly at: number
}

export class DelayQueue {
  #waiting: Delayed[]
  readonly #detained = new Set<string>()
  readonly #changed: () => void

  constructor({ before = [], changed }: Keeping<Delayed[]> = unkept) {
    this.#waiting = [...before]
    this.#changed = changed
  }

  get isFull(): boolean {
    return this.#waiting.length >= moderationLimits.delayedMax
  }

  get all(): readonly Delayed[] {
    return this.#waiting
  }

  add(delayed: Delayed): void {
    this.#waiting.push(delayed)
    this.#changed()
  }

  get(id: string): Delayed | undefined {
    return this.#waiting.find(({ body }) => body.id === id)
  }

  /** Takes out those that meet a condition. */
  remove(isIt: (body: LineBody) => boolean): Delayed[] {
    const gone = this.#waiting.filter(({ body }) => isIt(body))
    if (gone.length === 0) return gone
    this.#waiting = this.#waiting.filter(({ body }) => !isIt(body))
    this.#changed()
    return gone
  }

  /** It does not leave before `release`, whatever the clock says. */
  detain(id: string): void {
    this.#detained.add(id)
  }

  release(id: string): void {
    this.#detained.delete(id)
  }

  /** Takes out those whose time has come. */
  due(now: number, delayMs: number): Delayed[] {
    let count = 0
    for (const { body, at } of this.#waiting) {
      if (at + delayMs > now || this.#detained.has(body.id)) break
      count += 1
    }
    if (count > 0) this.#changed()
    return this.#waiting.splice(0, count)
  }

  /** Unix ms of the next, or undefined when nothing waits or the next is detained. */
  nextAt(delayMs: number): number | undefined {
    const [next] = this.#waiting
    if (next === undefined || this.#detained.has(next.body.id)) return undefined
    return next.at + delayMs
  }
}
