/**
 * The canvas for effects in a box of the page: fetched and opened for the first, given back after a
 * while without any. Where it cannot be had, or was lost, the cards alone tell.
 */
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Showing } from './effects/effect-queue.ts'
import type { EffectStage } from './effects/effect-stage.ts'
import type { EffectEars } from './use-effect-queue.ts'
import type { FreePart } from './use-free-part.ts'

export const openLimits = {
  /** Without an effect for so long, the canvas is given back. */
  idleMs: 60_000,
  /** A page opens it so often in vain or for it to be lost; then it stays without. */
  triesMax: 3,
} as const

class StageKeeper {
  readonly #host: HTMLElement
  readonly #can: (canMove: boolean) => void
  readonly #observer: ResizeObserver
  #free: FreePart = { top: 0, bottom: 1 }
  #stage: EffectStage | undefined
  #opening: Promise<void> | undefined
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isGone = false

  constructor(host: HTMLElement, can: (canMove: boolean) => void) {
    this.#host = host
    this.#can = can
    this.#observer = new ResizeObserver(() => this.fit())
    this.#observer.observe(host)
  }

  async play(gift: Showing): Promise<void> {
    this.#opening ??= this.#open()
    await this.#opening
    this.#stage?.play(gift)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#rest(), openLimits.idleMs)
  }

  grow(gift: Showing): void {
    this.#stage?.grow(gift)
  }

  end(id: number): void {
    this.#stage?.end(id)
  }

  fit(free: FreePart = this.#free): void {
    this.#free = free
    const { clientWidth, clientHeight } = this.#host
    this.#stage?.resize(clientWidth, clientHeight, free)
  }

  close(): void {
    this.#isGone = true
    clearTimeout(this.#timer)
    this.#observer.disconnect()
    this.#stage?.close()
    this.#stage = undefined
  }

  async #open(): Promise<void> {
    if (this.#tries >= openLimits.triesMax) return
    this.#tries += 1
    try {
      const effects = await import('./effects/effect-stage.ts')
      const stage = await effects.EffectStage.open(this.#host, (because) => {
        if (because === 'slow') this.#tries = openLimits.triesMax
        this.#lost()
      })
      if (this.#isGone) return stage.close()
      this.#stage = stage
      this.#can(true)
      this.fit()
    } catch (error) {
      // The cards tell of every gift all the same; why nothing moves is for whoever looks there.
      this.#host.dataset['still'] = String(error)
      this.#lost()
    }
  }

  #lost(): void {
    this.#stage = undefined
    this.#opening = undefined
    if (!this.#isGone) this.#can(false)
  }

  #rest(): void {
    if (this.#stage?.isIdle !== true) return
    this.#stage.close()
    this.#stage = undefined
    this.#opening = undefined
    this.#tries -= 1
  }
}

export interface EffectCanvas extends EffectEars {
  /** Takes one off before its time. */
  ended: (id: number) => void
  fit: (free: FreePart) => void
}

/**
 * Call it before the queue: the first gift may be there with it. `canMove` is false while there is
 * no canvas to be had.
 */
export function useEffectStage(
  box: RefObject<HTMLElement | null>,
  mayMove: boolean,
): { canvas: EffectCanvas; canMove: boolean } {
  const [canMove, setCanMove] = useState(true)
  const keeper = useRef<StageKeeper>(undefined)
  const free = useRef<FreePart>({ top: 0, bottom: 1 })
  useEffect(() => {
    const host = box.current
    if (!host || !mayMove) return
    const made = new StageKeeper(host, setCanMove)
    made.fit(free.current)
    keeper.current = made
    return () => {
      keeper.current = undefined
      made.close()
    }
  }, [box, mayMove])
  const [canvas] = useState<EffectCanvas>(() => ({
    begun: (gift) => void keeper.current?.play(gift),
    grown: (gift) => keeper.current?.grow(gift),
    ended: (id) => keeper.current?.end(id),
    fit: (now) => {
      free.current = now
      keeper.current?.fit(now)
    },
  }))
  return { canvas, canMove: mayMove && canMove }
}
