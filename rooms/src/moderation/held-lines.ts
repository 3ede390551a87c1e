/** Lines that wait for a moderator (C4): each is decided once, by a person or by time. */
import type { LineBody } from '../chat/line.ts'
import { type Keeping, unkept } from '../kit/memory.ts'
import { type HeldLine, moderationLimits } from './protocol.ts'

export interface Held {
  readonly line: HeldLine
  readonly body: LineBody
  /** Number of the newest entry when it was said: its place. */
  readonly after: number
  /** Somebody's decision is being written. */
  isDeciding?: boolean
}

export class HeldLines {
  readonly #waiting: Map<string, Held>
  readonly #changed: () => void

  constructor({ before = [], changed }: Keeping<Held[]> = unkept) {
    // Nobody is deciding about them any more who was when that was written down.
    this.#waiting = new Map(before.map((held) => [held.line.id, { ...held, isDeciding: false }]))
    this.#changed = changed
  }

  get all(): Held[] {
    return [...this.#waiting.values()]
  }

  get lines(): HeldLine[] {
    return Array.from(this.#waiting.values(), ({ line }) => line)
  }

  hasRoomFor(userId: string): boolean {
    const own = this.lines.filter(({ from }) => from.id === userId)
    const { heldMax, heldPerPersonMax } = moderationLimits
    return this.#waiting.size < heldMax && own.length < heldPerPersonMax
  }

  add(held: Held): void {
    this.#waiting.set(held.line.id, held)
    this.#changed()
  }

  get(id: string): Held | undefined {
    return this.#waiting.get(id)
  }

  /** False when it was gone already. */
  remove(id: string): boolean {
    const isGone = this.#waiting.delete(id)
    if (isGone) this.#changed()
    return isGone
  }

  /** Takes out what one person said. */
  removeOf(userId: string): Held[] {
    const own = [...this.#waiting.values()].filter(({ line }) => line.from.id === userId)
    for (const { line } of own) this.remove(line.id)
    return own
  }

  /** Takes out what nobody decided in time; what is being decided stays. */
  expire(now: number): Held[] {
    const late = [...this.#waiting.values()].filter((held) => {
      return held.isDeciding !== true && held.line.until <= now
    })
    for (const { line } of late) this.remove(line.id)
    return late
  }
}
