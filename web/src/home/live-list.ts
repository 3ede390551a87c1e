/**
 * Who is live, for as long as a page shows it: at once from the list, then from the lobby, which
 * tells by itself. While there is no lobby the list is read again now and then.
 */
import { useSyncExternalStore } from 'react'
import { odeon } from '../session/odeon.ts'
import { cardOf, type LiveCard } from './live-card.ts'

export interface LiveList {
  /** `failed`: nothing could be had so far; it is tried again. */
  status: 'loading' | 'ready' | 'failed'
  cards: readonly LiveCard[]
  /** False while what is shown may be old. */
  isCurrent: boolean
}

/** Gentle: a page left open all day stays far below what an address may ask. */
const refetchMs = 30_000
const retryMs = 5_000
const listedMax = 48

class LiveLists {
  #view: LiveList = { status: 'loading', cards: [], isCurrent: false }
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly current = () => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) void this.#read()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) clearTimeout(this.#timer)
    }
  }

  async #read(): Promise<void> {
    clearTimeout(this.#timer)
    let nextMs = refetchMs
    try {
      const streams = await odeon.streams.list({ phase: 'live', limit: listedMax })
      const cards = streams.map(cardOf).toSorted((a, b) => b.rank - a.rank)
      this.#show({ status: 'ready', cards, isCurrent: true })
    } catch {
      nextMs = retryMs
      const { status, cards } = this.#view
      this.#show({ status: status === 'ready' ? status : 'failed', cards, isCurrent: false })
    }
    if (this.#listeners.size > 0) this.#timer = setTimeout(() => void this.#read(), nextMs)
  }

  #show(view: LiveList): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}

const lists = new LiveLists()

export function useLiveList(): LiveList {
  return useSyncExternalStore(lists.subscribe, lists.current)
}
