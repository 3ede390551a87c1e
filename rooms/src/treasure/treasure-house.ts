/**
 * A room's part in its treasure box: it shows where the box stands, tells what came of it, and has
 * it drawn when its time has come. Whoever else may do that, too, so the room is not needed for it.
 */
import { DelayAlarm } from '../chat/delay-alarm.ts'
import type { Scope } from '../kit/command.ts'
import type { Memory } from '../kit/memory.ts'
import { kitLimits } from '../kit/protocol.ts'
import type { TreasureEvents } from './protocol.ts'
import { showTreasure } from './show-treasure.ts'
import type { Treasure } from './state.ts'
import type { TreasureDesk } from './treasure-desk.ts'
import { drawnFrom, type TreasureRecord, treasurePhaseOf } from './treasure-record.ts'

export interface TreasureHouseParts {
  streamId: string
  state: Treasure
  desk: TreasureDesk
  memory: Memory
  announce: Scope<unknown, TreasureEvents>['announce']
  /** Of the newest box that the log speaks of, as far as it is at hand. */
  told: () => Told | undefined
  now: () => number
  isLive: () => boolean
  isCutOff: () => boolean
  /** The state changed outside of any command. */
  touch: () => void
  aside: (work: Promise<void>, failure: string) => void
}

/** What everybody was told of which box. */
export interface Told {
  boxId: string
  isDrawn: boolean
}

/** A box that should be drawn is looked at so often. */
const lookEveryMs = 1_000
/** For one whose funding was answered by nobody. */
const lookIdleMs = 15_000

export class TreasureHouse {
  readonly #parts: TreasureHouseParts
  readonly #changed: () => void
  readonly #alarm: DelayAlarm
  #told: Told | undefined
  #box: TreasureRecord | undefined
  #claims = 0
  #lookAt = 0
  #looking: Promise<void> | undefined
  #isOpen = false
  readonly #begunAt: number

  constructor(parts: TreasureHouseParts) {
    this.#parts = parts
    this.#begunAt = parts.now()
    const { memory, told, now } = parts
    const kept = memory.keep<Told | null>('treasure', () => this.#told ?? null)
    this.#changed = kept.changed
    this.#told = later(kept.before ?? undefined, told())
    this.#alarm = new DelayAlarm({
      now,
      nextAt: () => this.#nextAt(),
      ring: () => this.#pass(),
      failed: (cause) => {
        const error = new Error('a treasure box could not be shown', { cause })
        parts.aside(Promise.reject(error), 'a treasure box did not go on')
      },
    })
    void this.#look()
  }

  /** What is kept has been looked at once: before, nobody here knows whether there is a box. */
  async open(): Promise<void> {
    if (!this.#isOpen) await (this.#looking ?? this.#look())
  }

  get box(): TreasureRecord | undefined {
    return this.#box
  }

  /**
   * From then on whoever comes comes too late for this box. Those whom the writer before this one
   * had may not all be known: they have the time of a lost connection to come back.
   */
  lateFrom({ fundedAt, opensAt }: TreasureRecord): number {
    const isTakenOver = fundedAt < this.#begunAt
    return isTakenOver ? Math.max(opensAt, this.#begunAt + kitLimits.resumeWindowMs) : opensAt
  }

  /** A box as it was kept; an older one, or what is known already, changes nothing. */
  take(box: TreasureRecord): void {
    const known = this.#box
    if (this.#parts.isCutOff() || (known && box.fundedAt < known.fundedAt)) return
    if (known?.id === box.id && known.outcome !== null) return
    if (known?.id !== box.id) {
      this.#claims = 0
      this.#lookAt = Math.min(this.#lookAt, this.#parts.now() + lookEveryMs)
    }
    this.#box = box
    this.#claims = Math.max(this.#claims, box.claims)
    this.#tell(box)
    this.#pass()
  }

  /** So many take part. */
  counted(boxId: string, claims: number): void {
    if (this.#box?.id !== boxId) return
    this.#claims = Math.max(this.#claims, claims)
    this.#show()
  }

  /** About once a second. */
  beat(now: number): void {
    if (this.#parts.isCutOff()) return
    this.#pass()
    if (now >= this.#lookAt) void this.#look()
  }

  stop(): void {
    this.#alarm.stop()
  }

  #tell(box: TreasureRecord): void {
    const { announce } = this.#parts
    const { id: boxId, funder: by, coins, shares, opensAt, endsAt, commitment, outcome } = box
    const isLongOver = treasurePhaseOf(box, this.#parts.now()).phase === 'none'
    // What neither memory nor log has any more was told, or nobody waits for it.
    if (this.#told?.boxId !== boxId && isLongOver) this.#told = { boxId, isDrawn: true }
    if (this.#told?.boxId !== boxId) {
      announce('treasure.funded', { boxId, by, coins, shares, opensAt, endsAt, commitment })
      this.#told = { boxId, isDrawn: false }
      this.#changed()
    }
    if (outcome === null || this.#told.isDrawn) return
    const { seed, root, lucky, givenCoins, returnedCoins, isExpired } = outcome
    const sums = { claims: box.claims, givenCoins, returnedCoins, isExpired }
    announce('treasure.drawn', { boxId, by, lucky, ...sums, seed, root })
    this.#told = { boxId, isDrawn: true }
    this.#changed()
  }

  /** Shows what the clock made of it, and has done what is due. */
  #pass(): void {
    const box = this.#box
    if (box === undefined) return
    this.#show()
    this.#alarm.set()
    const { now, isLive, isCutOff, desk } = this.#parts
    if (isCutOff() || box.outcome !== null) return
    const isToClose = !isLive() && box.closedAt === null && now() < box.endsAt
    if (isToClose) void this.#ask(() => desk.close(box.id))
    else if (now() >= drawnFrom(box)) void this.#ask(() => desk.settle(box.id))
  }

  #look(): Promise<void> {
    const { desk, streamId } = this.#parts
    return this.#ask(async () => {
      const box = await desk.of(streamId)
      this.#isOpen = true
      return box
    })
  }

  /** One at a time; what comes of it is seen at the next look, should nobody answer. */
  #ask(work: () => Promise<TreasureRecord | null>): Promise<void> {
    if (this.#looking !== undefined) return this.#looking
    const { now, aside } = this.#parts
    const isUnderWay = this.#box !== undefined && this.#box.outcome === null
    this.#lookAt = now() + (isUnderWay ? lookEveryMs : lookIdleMs)
    const asking = async () => {
      const box = await work()
      if (box !== null) this.take(box)
    }
    const looking = asking().finally(() => {
      this.#looking = undefined
    })
    this.#looking = looking
    aside(looking, 'a treasure box was not looked after')
    return looking
  }

  #nextAt(): number | undefined {
    if (this.#box === undefined) return undefined
    const { now } = this.#parts
    const { until } = treasurePhaseOf(this.#box, now())
    return until === Infinity || until <= now() ? undefined : until
  }

  #show(): void {
    const { state, now, touch } = this.#parts
    if (this.#box === undefined) return
    showTreasure(state, { box: this.#box, claims: this.#claims, now: now() })
    touch()
  }
}

/** Of the same box whatever says more; memory and log may each be behind the other. */
function later(kept: Told | undefined, logged: Told | undefined): Told | undefined {
  if (kept?.boxId !== logged?.boxId) return logged ?? kept
  return logged?.isDrawn ? logged : kept
}
