/**
 * Who was put out of a room and who left it, for as long as what they hold may let them into its
 * media. It is kept with the journal: a successor waits for everybody else.
 */
import { type Keeping, unkept } from '../kit/memory.ts'
import { floorLimits } from './protocol.ts'

/** Somebody, and until when that is known, Unix ms. */
export type Gone = [userId: string, until: number]

/** The newest of them, the oldest first. */
export class GoneList {
  readonly #max: number
  readonly #until: Map<string, number>
  readonly #changed: () => void
  #isUntold = false

  constructor(max: number, { before = [], changed }: Keeping<Gone[]>) {
    this.#max = max
    this.#until = new Map(before)
    this.#changed = changed
  }

  get all(): Gone[] {
    return [...this.#until]
  }

  has(userId: string, now: number): boolean {
    return this.until(userId) > now
  }

  /** 0 for whoever is not known. */
  until(userId: string): number {
    return this.#until.get(userId) ?? 0
  }

  add(userId: string, until: number): void {
    this.#until.delete(userId)
    this.#until.set(userId, until)
    if (this.#until.size > this.#max) this.#until.delete(this.#until.keys().next().value as string)
    this.#tell()
  }

  remove(userId: string): void {
    if (this.#until.delete(userId)) this.#tell()
  }

  beat(now: number): void {
    for (const [userId, until] of this.#until) if (until <= now) this.#until.delete(userId)
    if (!this.#isUntold) return
    this.#isUntold = false
    this.#changed()
  }

  /** All of it is told each time: a long one once a second, however many come and go. */
  #tell(): void {
    if (this.#until.size > floorLimits.goneToldAtOnceMax) this.#isUntold = true
    else this.#changed()
  }
}

export interface GoneKeepings {
  out: Keeping<Gone[]>
  left: Keeping<Gone[]>
}

export class GonePeople {
  readonly #out: GoneList
  readonly #left: GoneList

  constructor({ out, left }: GoneKeepings = { out: unkept, left: unkept }) {
    this.#out = new GoneList(floorLimits.outKeptMax, out)
    this.#left = new GoneList(floorLimits.leftKeptMax, left)
  }

  get out(): Gone[] {
    return this.#out.all
  }

  get left(): Gone[] {
    return this.#left.all
  }

  putOut(userId: string, until: number): void {
    this.#out.add(userId, until)
  }

  leave(userId: string, until: number): void {
    this.#left.add(userId, until)
  }

  cameBack(userId: string): void {
    this.#out.remove(userId)
    this.#left.remove(userId)
  }

  isOut(userId: string, now: number): boolean {
    return this.#out.has(userId, now)
  }

  has(userId: string, now: number): boolean {
    return this.isOut(userId, now) || this.#left.has(userId, now)
  }

  /** About once a second. */
  beat(now: number): void {
    this.#out.beat(now)
    this.#left.beat(now)
  }
}
