/** What was said in the last minute, for the mode `unique`: bounded, the oldest go first. */
import { chatLimits } from './protocol.ts'

export class RecentTexts {
  /** Oldest first. What nobody else has been shown yet is under its author's id. */
  readonly #saidAt = new Map<string, number>()

  /** Everybody may have seen it. */
  shown(text: string, now: number): void {
    this.#keep(keyOf(text), now)
  }

  /** It waits, and its author alone knows. */
  said(by: string, text: string, now: number): void {
    this.#keep(ownKeyOf(by, text), now)
  }

  #keep(key: string, now: number): void {
    this.#saidAt.delete(key)
    this.#saidAt.set(key, now)
    if (this.#saidAt.size > chatLimits.uniqueTextsMax) {
      this.#saidAt.delete(this.#saidAt.keys().next().value as string)
    }
  }

  /** Ms until somebody may say the same; 0 when nothing they may know of was like it lately. */
  waitMs(by: string, text: string, now: number): number {
    return Math.max(this.shownWaitMs(text, now), this.#waitMs(ownKeyOf(by, text), now))
  }

  /** The same for anybody: of what was shown. */
  shownWaitMs(text: string, now: number): number {
    return this.#waitMs(keyOf(text), now)
  }

  #waitMs(key: string, now: number): number {
    const at = this.#saidAt.get(key)
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

/** No key of a text holds a line break: those are folded or taken out before. */
const ownKeyOf = (by: string, text: string): string => `${by}\n${keyOf(text)}`

/** What nobody sees: variants of signs and letters are marks, and would count as such. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

/** Case, spaces and punctuation make no other line; a line of nothing else stands for itself. */
function keyOf(text: string): string {
  const plain = text.normalize('NFKC').replace(unseen, '').toLowerCase()
  return plain.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]/gu, '') || plain
}
