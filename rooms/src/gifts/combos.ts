/** Gifts of one kind by one person, close behind one another, are one combo (G2). */
import type { GiftReceipt } from './gift-desk.ts'
import { giftLimits } from './protocol.ts'

export interface Combo {
  id: string
  from: { id: string; name: string }
  giftId: string
  units: number
  gifts: number
  /** Unix ms. */
  until: number
}

/** By sender and kind; ids of people hold no blank. */
const keyOf = (userId: string, giftId: string): string => `${userId} ${giftId}`

export class Combos {
  readonly #open = new Map<string, Combo>()
  /** Another combo of the same person and kind took their place before their time was over. */
  readonly #displaced: Combo[] = []
  /** Ids that are given out, with how many gifts of each are on their way. */
  readonly #underway = new Map<string, { id: string; count: number }>()

  /** The combo a gift goes into; it stays open until `done`. */
  join(userId: string, giftId: string, newId: () => string): { id: string; done: () => void } {
    const key = keyOf(userId, giftId)
    const underway = this.#underway.get(key)
    const entry = underway ?? { id: this.#open.get(key)?.id ?? newId(), count: 0 }
    entry.count += 1
    this.#underway.set(key, entry)
    return {
      id: entry.id,
      done: () => {
        entry.count -= 1
        if (entry.count === 0) this.#underway.delete(key)
      },
    }
  }

  /** The ledger has one more gift. What another process began is taken up as it stands there. */
  add({ at, from, giftId, quantity, comboId, comboUnits }: GiftReceipt): void {
    const key = keyOf(from.id, giftId)
    const known = this.#open.get(key)
    const gifts = known?.id === comboId ? known.gifts + 1 : comboUnits > quantity ? 2 : 1
    if (known === undefined && this.#open.size >= giftLimits.combosMax) return
    if (known !== undefined && known.id !== comboId) this.#displaced.push(known)
    const until = at + giftLimits.comboMs
    this.#open.set(key, { id: comboId, from, giftId, units: comboUnits, gifts, until })
  }

  /** Those whose time is over, and nothing is on its way for. */
  close(now: number): Combo[] {
    const closed = this.#displaced.splice(0)
    for (const [key, combo] of this.#open) {
      if (combo.until > now || this.#underway.has(key)) continue
      this.#open.delete(key)
      closed.push(combo)
    }
    return closed
  }
}
