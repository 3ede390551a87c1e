/** What the first viewer got under each number of the log; all others must get the same. */
import type { Block, LogFindings } from '../swarm/mark.ts'
import { inHex, mixed } from './bytes.ts'

const ring = 8_192
const blockEntries = 64

interface Reference {
  seq: number
  epoch: number
  entry: number
  patches: number | undefined
}

export class SharedReferences {
  found: LogFindings = nothingFound()
  readonly #ring: (Reference | undefined)[] = []
  #blocks: Block[] = []
  #lastBlock = -1

  reset(): void {
    this.found = nothingFound()
  }

  takeBlocks(): Block[] {
    const blocks = this.#blocks
    this.#blocks = []
    return blocks
  }

  /** False when another viewer got other bytes. */
  entry(seq: number, epoch: number, digest: number): boolean {
    const known = this.#ring[seq % ring]
    if (known !== undefined && known.seq > seq) return true
    if (known?.seq === seq && known.entry === digest) {
      this.found.checked += 1
      return true
    }
    if (known?.seq === seq && known.epoch === epoch) return false
    if (known?.seq === seq) this.found.rewritten += 1
    this.#ring[seq % ring] = { seq, epoch, entry: digest, patches: undefined }
    return true
  }

  /** Of a viewer who saw all patches since the entry before. */
  patches(seq: number, digest: number): boolean {
    const known = this.#ring[seq % ring]
    if (known?.seq !== seq) return true
    if (known.patches === undefined) {
      known.patches = digest
      if (seq % blockEntries === blockEntries - 1) this.#close(seq)
      return true
    }
    this.found.chains += 1
    return known.patches === digest
  }

  #close(last: number): void {
    const number = Math.floor(last / blockEntries)
    if (number <= this.#lastBlock) return
    let [entries, patches, knowsPatches] = [0, 0, true]
    for (let seq = last - blockEntries + 1; seq <= last; seq += 1) {
      const known = this.#ring[seq % ring]
      if (known?.seq !== seq) return
      entries = mixed(entries, known.entry)
      patches = mixed(patches, known.patches ?? 0)
      knowsPatches = knowsPatches && known.patches !== undefined
    }
    this.#lastBlock = number
    this.#blocks.push([number, inHex(entries), inHex(knowsPatches ? patches : 0)])
  }
}

function nothingFound(): LogFindings {
  return {
    entries: 0,
    checked: 0,
    chains: 0,
    again: 0,
    missed: 0,
    resyncs: 0,
    rewritten: 0,
    spared: 0,
    violations: 0,
  }
}
