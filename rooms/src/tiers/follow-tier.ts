/** Keeps the tier of a personal room as it is: read when told, when it ends, until a read works. */
import type { OgChanged } from './protocol.ts'
import type { TierWatch } from './tier-watch.ts'

export interface FollowTierOptions {
  watch: TierWatch
  ownerId: string
  now: () => number
  /** Of the room's state; `tierUntil` is 0 without a tier. */
  state: () => { tier: number; tierUntil: number }
  /** Told of each change but what is found first. */
  changed: (tier: OgChanged, isFirst: boolean) => void
  failed: (error: unknown) => void
}

export class TierFollower {
  readonly #options: FollowTierOptions
  readonly #unsubscribe: () => void
  #isStale = true
  #isFirst = true
  #isReading = false
  #isOver = false

  /** Listens at once, so that nothing falls between reading and hearing. */
  constructor(options: FollowTierOptions) {
    this.#options = options
    this.#unsubscribe = options.watch.subscribe(options.ownerId, () => {
      this.#isStale = true
      void this.beat()
    })
  }

  /** About once a second. */
  async beat(): Promise<void> {
    const { tier, tierUntil } = this.#options.state()
    if (tier > 0 && tierUntil <= this.#options.now()) this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale && !this.#isOver) await this.#read()
    } catch (error) {
      this.#isStale = true
      this.#options.failed(error)
    } finally {
      this.#isReading = false
    }
  }

  stop(): void {
    this.#isOver = true
    this.#unsubscribe()
  }

  async #read(): Promise<void> {
    const { watch, ownerId, state, changed } = this.#options
    this.#isStale = false
    const now = await watch.of(ownerId)
    if (this.#isOver) return
    const isFirst = this.#isFirst
    this.#isFirst = false
    const shown = state()
    if (shown.tier === now.level && shown.tierUntil === (now.until ?? 0)) return
    shown.tier = now.level
    shown.tierUntil = now.until ?? 0
    changed(now, isFirst)
  }
}
