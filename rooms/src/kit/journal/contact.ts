/**
 * When a writer last reached its journal. Away for longer, another may have the room already and
 * give out the same numbers: until it is known, nothing is taken and nothing acknowledged.
 */
import { kitLimits } from '../protocol.ts'

export class Contact {
  /** Of a clock that nobody sets. */
  #reachedAt = performance.now()
  #hasFailed = false
  #unsaid: (() => void)[] = []

  /** The journal did not answer, and somebody else may write the room by now. */
  get isCutOff(): boolean {
    return this.#hasFailed && this.#isOld
  }

  /** What was asked of the journal at that time was done: nobody had the room then. */
  reached(askedAtMs: number): void {
    this.#reachedAt = Math.max(this.#reachedAt, askedAtMs)
    if (this.#isOld) return
    this.#hasFailed = false
    const unsaid = this.#unsaid
    this.#unsaid = []
    for (const say of unsaid) say()
  }

  failed(): void {
    this.#hasFailed = true
  }

  /** Says it now, or when it is known that the room is ours; never when it is not. */
  whenOurs(say: () => void): void {
    if (this.#isOld) this.#unsaid.push(say)
    else say()
  }

  get #isOld(): boolean {
    return performance.now() - this.#reachedAt >= kitLimits.writerCutOffMs
  }
}
