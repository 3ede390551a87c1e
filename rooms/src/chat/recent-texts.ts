/** What was said in the last minute, for the mode `unique`: bounded, the oldest go first. */
import { chatLimits } from './protocol.ts'

export class RecentTexts {
  /** Oldest first. */
  readonly #saidAt = new Map<string, number>()

  said(text: string, now: number): void {
    const key = keyOf(text)
    this.#saidAt.delete(key)
    this.#saidAt.set(key, now)
    if (this.#saidAt.size > chatLimits.uniqueTextsMax) {
      this.#saidAt.delete(this.#saidAt.keys().next().value as string)
    }
  }

  /** Ms until the same may be said again; 0 when nobody said it lately. */
  waitMs(text: string, now: number): number {
    const at = this.#saidAt.get(keyOf(text))
    return at === undefined ? 0 : Math.max(0, at + chatLimits.uniqueWindowMs - now)
  }

  expire(now: number): void {
    for (const [key, at] of this.#saidAt) {
      if (now - at < chatLimits.uniqueWindowMs) return
      this.#saidAt.delete(key)
    }
  }

  get size(): number {
    return this.#saidAt.size
  }
}

/** What nobody sees: variants of signs and letters are marks, and would count as such. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

/** Case, spaces and punctuation make no other line; a line of nothing else stands for itself. */
function keyOf(text: string): string {
  const plain = text.normalize('NFKC').replace(unseen, '').toLowerCase()
  return plain.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]/gu, '') || plain
}
