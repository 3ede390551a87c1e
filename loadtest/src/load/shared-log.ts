/** What viewers of different generators got, block by block of the log: it must be the same. */
import type { Block } from '../swarm/mark.ts'

/** Blocks kept to be compared: generators report each second, so they are never far apart. */
const blocksMax = 4_096
/** A generator whose first viewer joined inside a block does not know all of its patches. */
const unknown = '0000000000000000'

export class SharedLog {
  differences = 0
  compared = 0
  readonly #known = new Map<number, { entries: string; patches: string; from: number }>()
  readonly #broken: (what: string) => void

  constructor(broken: (what: string) => void) {
    this.#broken = broken
  }

  compare(from: number, blocks: Block[]): void {
    for (const [number, entries, patches] of blocks) {
      const known = this.#known.get(number)
      if (known === undefined) this.#keep(number, { entries, patches, from })
      else if (known.from !== from) this.#check(number, known, { entries, patches, from })
    }
  }

  #check(
    number: number,
    known: { entries: string; patches: string; from: number },
    { entries, patches, from }: { entries: string; patches: string; from: number },
  ): void {
    this.compared += 1
    const knowBoth = known.patches !== unknown && patches !== unknown
    const other =
      known.entries !== entries ? 'entries' : knowBoth && known.patches !== patches ? 'patches' : ''
    if (other === '') return
    this.differences += 1
    this.#broken(`generators ${known.from} and ${from} got other ${other} in block ${number}`)
  }

  #keep(number: number, block: { entries: string; patches: string; from: number }): void {
    this.#known.set(number, block)
    if (this.#known.size <= blocksMax) return
    const oldest = this.#known.keys().next()
    if (!oldest.done) this.#known.delete(oldest.value)
  }
}
