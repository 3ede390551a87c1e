/** The queue of effects turned by the clock: what is on the stage now, and how it came there. */
import type { GiftSent, LiveConnection } from '@odeon/sdk'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLatest } from '../chat/use-latest.ts'
import { EffectQueue, type Showing } from './effects/effect-queue.ts'
import type { GiftInbox } from './gift-inbox.ts'
import { useGifts } from './use-gifts.ts'

export interface EffectClock {
  playing: readonly Showing[]
  /** Takes what fills the stage off it. */
  skip: () => void
}

/** What the canvas has to hear. */
export interface EffectEars {
  begun: (gift: Showing) => void
  grown: (gift: Showing) => void
}

class Turned {
  readonly queue = new EffectQueue()
  readonly #ears: EffectEars
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #hiddenAt: number | undefined

  constructor(ears: EffectEars) {
    this.#ears = ears
  }

  readonly playing = () => this.queue.playing
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  offer(gift: Parameters<EffectQueue['offer']>[0]): void {
    const grown = this.queue.offer(gift, performance.now())
    if (grown) this.#ears.grown(grown)
    this.turn()
  }

  readonly skip = (): void => {
    this.queue.skip(performance.now())
    this.turn()
  }

  /** While nobody looks nothing begins and nothing ends. */
  turn(): void {
    clearTimeout(this.#timer)
    if (!document.hidden) {
      for (const gift of this.queue.turn(performance.now())) this.#ears.begun(gift)
    }
    for (const listener of this.#listeners) listener()
    const { nextAt } = this.queue
    if (nextAt === undefined || document.hidden) return
    this.#timer = setTimeout(() => this.turn(), Math.max(0, nextAt - performance.now()) + 1)
  }

  readonly looked = (): void => {
    const now = performance.now()
    if (document.hidden) {
      this.#hiddenAt = now
      clearTimeout(this.#timer)
      return
    }
    if (this.#hiddenAt !== undefined) this.queue.resume(now - this.#hiddenAt)
    this.#hiddenAt = undefined
    this.turn()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.queue.clear()
  }
}

export function useEffectQueue(
  room: LiveConnection,
  inbox: GiftInbox<GiftSent>,
  ears: EffectEars,
): EffectClock {
  const [turned] = useState(() => new Turned(ears))
  const { data, isError } = useGifts()
  const kinds = useLatest(data?.gifts)
  const isKnown = data !== undefined || isError
  useEffect(() => {
    // Before it is known how large a gift is, none is shown.
    if (!isKnown) return
    return inbox.take(({ comboId, giftId, from, comboUnits: units, coins, quantity }) => {
      const effect = kinds.current?.find(({ id }) => id === giftId)?.effect ?? 'tap'
      const worth = Math.round((coins / quantity) * units)
      const isOwn = from.id === room.you.id
      turned.offer({ comboId, giftId, effect, from, units, coins: worth, isOwn })
    })
  }, [turned, inbox, room, isKnown, kinds])
  useEffect(() => {
    document.addEventListener('visibilitychange', turned.looked)
    return () => {
      document.removeEventListener('visibilitychange', turned.looked)
      turned.stop()
    }
  }, [turned])
  const playing = useSyncExternalStore(turned.subscribe, turned.playing)
  return { playing, skip: turned.skip }
}
