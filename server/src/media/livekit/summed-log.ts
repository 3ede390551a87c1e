/** Warnings that strangers can bring about: one line at the first, one with the sum of a minute. */
import type { Logger } from '@odeon/rooms/ports'

export const summedLogMs = 60_000

export class SummedLog {
  readonly #log: Pick<Logger, 'warn'>
  /** By what was said: how often more since its line. */
  readonly #more = new Map<string, number>()

  constructor(log: Pick<Logger, 'warn'>) {
    this.#log = log
  }

  warn(facts: object, text: string): void {
    const more = this.#more.get(text)
    if (more !== undefined) return void this.#more.set(text, more + 1)
    this.#more.set(text, 0)
    this.#log.warn(facts, text)
    setTimeout(() => this.#end(text), summedLogMs).unref()
  }

  #end(text: string): void {
    const more = this.#more.get(text) ?? 0
    this.#more.delete(text)
    if (more > 0) this.#log.warn({ more }, text)
  }
}
