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
  readonly #known = new Map<number, { text: string; who: string }>()
  readonly #broken: (what: string) => void

  constructor(broken: (what: string) => void) {
    this.#broken = broken
  }

  /** `write` gives the whole state as text, the same for the same state. */
  see(seq: number, who: string, write: () => string): void {
    if (!this.looksAtAll && seq % everySeq !== 0) return
    const known = this.#known.get(seq)
    if (known === undefined) {
      this.#known.set(seq, { text: write(), who })
      if (this.#known.size > keptMax) this.#known.delete(this.#known.keys().next().value as number)
      return
    }
    this.compared += 1
    const text = write()
    if (known.text === text) return
    this.differences += 1
    const place = firstDifference(known.text, text)
    const around = [text, known.text].map((one) => one.slice(Math.max(0, place - 30), place + 30))
    const difference = `…${around.join('… and not …')}…`
    this.#broken(`at entry ${seq} ${who} holds another state than ${known.who}: ${difference}`)
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
