/**
 * The decoded state of members at the same entry of the log: a patch comes before the entries of
 * its frame, so whoever hears an entry holds the state of that frame, and all hold the same.
 */
const everySeq = 16
const keptMax = 512

export class Shared {
  compared = 0
  differences = 0
  /** Every entry is looked at, not one in sixteen. */
  looksAtAll = false
  readonly #known = new Map<number, { hash: string; who: string }>()
  readonly #broken: (what: string) => void

  constructor(broken: (what: string) => void) {
    this.#broken = broken
  }

  see(seq: number, who: string, hash: () => string): void {
    if (!this.looksAtAll && seq % everySeq !== 0) return
    const known = this.#known.get(seq)
    if (known === undefined) {
      this.#known.set(seq, { hash: hash(), who })
      if (this.#known.size > keptMax) this.#known.delete(this.#known.keys().next().value as number)
      return
    }
    this.compared += 1
    if (known.hash === hash()) return
    this.differences += 1
    this.#broken(`at entry ${seq} ${who} holds another state than ${known.who}`)
  }
}
