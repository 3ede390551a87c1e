/** Answers with the moment they came, to tell when somebody wrote again. */
import { Times } from '../load/timings.ts'

export class DatedReplies extends Times {
  readonly #all: { dueMs: number; atMs: number }[] = []

  override add(ns: bigint): void {
    super.add(ns)
    const atMs = performance.now()
    this.#all.push({ dueMs: atMs - Number(ns) / 1e6, atMs })
  }

  /** Lines whose acceptance came in between. */
  cameBetween(fromMs: number, toMs: number): number {
    return this.#all.filter(({ atMs }) => atMs > fromMs && atMs < toMs).length
  }

  /** Until the first line was accepted that was due later; undefined: none was. */
  firstAfterMs(fromMs: number): number | undefined {
    const came = this.#all.filter(({ dueMs }) => dueMs > fromMs).map(({ atMs }) => atMs)
    return came.length === 0 ? undefined : Math.min(...came) - fromMs
  }
}
