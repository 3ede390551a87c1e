/**
 * Which gifts the stage shows, and when: bigger ones first, few at once, small ones folded or left
 * out when many come. One's own are always shown (G3). Knows neither canvas nor clock.
 */
import type { GiftEffect } from '@odeon/rooms/protocol'

export interface ShownGift {
  comboId: string
  giftId: string
  effect: GiftEffect
  from: { id: string; name: string }
  /** Of the combo, by now. */
  units: number
  /** What they are worth. */
  coins: number
  isOwn: boolean
}

export interface Showing extends ShownGift {
  id: number
  /** Further people whose gifts of the kind are in it. */
  others: number
  /** Until when it is on the stage, in the caller's ms. */
  until: number
}

interface Waiting extends Omit<Showing, 'until'> {
  since: number
  /** Units by combo: several people's may be in one. */
  combos: Map<string, number>
}

/** Large ones take the same place. */
type Lane = 'small' | 'medium' | 'large'
const laneOf = { tap: 'small', burst: 'medium', banner: 'large', stage: 'large' } as const

export const effectLimits = {
  atOnce: { small: 3, medium: 2, large: 1 },
  /** Of others; one's own come on top, one a kind. */
  waitingMax: 24,
  playMs: { tap: 2_200, burst: 3_200, banner: 5_000, stage: 7_500 },
  /** So long a combo can keep its place on the stage. */
  playMsMax: 15_000,
  /** So long others' gifts wait at most. */
  patienceMs: { tap: 2_500, burst: 8_000, banner: 30_000, stage: 120_000 },
} as const

export class EffectQueue {
  #playing: readonly Showing[] = []
  #waiting: Waiting[] = []
  readonly #begun = new Map<number, number>()
  #ids = 0

  /** A new array with every change. */
  get playing(): readonly Showing[] {
    return this.#playing
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  /** Answers with what is on the stage already and has grown, if it has. */
  offer(gift: ShownGift, now: number): Showing | undefined {
    const shown = this.#playing.find(({ comboId }) => comboId === gift.comboId)
    if (shown) return this.#grow(shown, gift, now)
    if (!this.#folded(gift, now)) this.#push(gift, now)
    return undefined
  }

  /** Takes off what is over and puts on what there is room for; answers with the latter. */
  turn(now: number): Showing[] {
    const left = this.#playing.filter(({ until }) => until > now)
    for (const { id } of this.#playing)
      if (!left.some((one) => one.id === id)) this.#begun.delete(id)
    this.#waiting = this.#waiting.filter(
      ({ isOwn, effect, since }) => isOwn || now - since <= effectLimits.patienceMs[effect],
    )
    const begun: Showing[] = []
    for (const lane of Object.keys(effectLimits.atOnce) as Lane[]) {
      const inLane = ({ effect }: ShownGift) => laneOf[effect] === lane
      let free = effectLimits.atOnce[lane] - left.filter(inLane).length
      for (const one of this.#waiting.filter(inLane).toSorted(firstToShow)) {
        if (free-- <= 0) break
        begun.push(this.#begin(one, now))
      }
    }
    if (begun.length > 0 || left.length < this.#playing.length) this.#playing = [...left, ...begun]
    return begun
  }

  /** When `turn` is due next; undefined when nothing is on the stage. */
  get nextAt(): number | undefined {
    const ends = this.#playing.map(({ until }) => until)
    return ends.length === 0 ? undefined : Math.min(...ends)
  }

  /** The time for which nobody looked does not count for what was on the stage. */
  resume(awayMs: number): void {
    this.#playing = this.#playing.map((one) => ({ ...one, until: one.until + awayMs }))
    for (const [id, at] of this.#begun) this.#begun.set(id, at + awayMs)
  }

  /** What takes the whole stage leaves it now. */
  skip(now: number): void {
    this.#playing = this.#playing.map((one) =>
      laneOf[one.effect] === 'large' ? { ...one, until: Math.min(one.until, now) } : one,
    )
  }

  clear(): void {
    this.#playing = []
    this.#waiting = []
    this.#begun.clear()
  }

  #grow(shown: Showing, { units, coins }: ShownGift, now: number): Showing {
    const { playMs, playMsMax } = effectLimits
    const latest = (this.#begun.get(shown.id) ?? now) + playMsMax
    const isShort = laneOf[shown.effect] !== 'large'
    const until = isShort ? Math.min(latest, now + playMs[shown.effect]) : shown.until
    const grown = { ...shown, units, coins, until: Math.max(shown.until, until) }
    this.#playing = this.#playing.map((one) => (one.id === shown.id ? grown : one))
    return grown
  }

  /** True when it is part of something that waits: its combo, one's own kind, or small change. */
  #folded(gift: ShownGift, now: number): boolean {
    const isTogether = (one: Waiting) => {
      if (one.combos.has(gift.comboId)) return true
      if (one.giftId !== gift.giftId || one.isOwn !== gift.isOwn) return false
      return gift.isOwn || gift.effect === 'tap'
    }
    const one = this.#waiting.find(isTogether)
    if (!one) return false
    const worth = gift.coins / gift.units
    one.combos.set(gift.comboId, gift.units)
    one.units = [...one.combos.values()].reduce((sum, units) => sum + units, 0)
    one.coins = Math.round(one.units * worth)
    one.others = gift.isOwn ? 0 : one.combos.size - 1
    one.since = now
    return true
  }

  #push(gift: ShownGift, now: number): void {
    const combos = new Map([[gift.comboId, gift.units]])
    this.#waiting.push({ ...gift, id: this.#ids++, others: 0, since: now, combos })
    const others = this.#waiting.filter(({ isOwn }) => !isOwn)
    if (others.length <= effectLimits.waitingMax) return
    const least = others.toSorted(firstToShow).at(-1)
    this.#waiting = this.#waiting.filter((one) => one !== least)
  }

  #begin({ since: _, combos: __, ...gift }: Waiting, now: number): Showing {
    this.#waiting = this.#waiting.filter(({ id }) => id !== gift.id)
    this.#begun.set(gift.id, now)
    return { ...gift, until: now + effectLimits.playMs[gift.effect] }
  }
}

/** One's own first, then what is worth more, then what has waited longer. */
function firstToShow(a: Waiting, b: Waiting): number {
  return Number(b.isOwn) - Number(a.isOwn) || b.coins - a.coins || a.id - b.id
}
