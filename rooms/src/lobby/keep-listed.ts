/** Keeps the lobby's state true to the directory: the best streams, and counts of all of them. */
import type { MapSchema } from '@colyseus/schema'
import {
  byRank,
  lobbyLimits,
  pulseText,
  type RankedCard,
  shownRank,
  voicesText,
} from './protocol.ts'
import { LobbyStream } from './state.ts'

export interface ListedState {
  total: number
  readonly streams: MapSchema<LobbyStream>
  readonly categories: MapSchema<number>
}

export class ListedStreams {
  readonly #known = new Map<string, RankedCard>()

  /** True when it is one more or one less, which people shall see at once. */
  hear(streamId: string, card: RankedCard | null): boolean {
    const wasKnown = this.#known.has(streamId)
    if (card === null) this.#known.delete(streamId)
    else this.#known.set(streamId, card)
    return wasKnown !== (card !== null)
  }

  get total(): number {
    return this.#known.size
  }

  /** Writes what differs and nothing else. */
  show(state: ListedState): void {
    const best = [...this.#known.values()].sort(byRank).slice(0, lobbyLimits.listedMax)
    const stays = new Set(best.map(({ streamId }) => streamId))
    for (const streamId of state.streams.keys()) {
      if (!stays.has(streamId)) state.streams.delete(streamId)
    }
    for (const card of best) {
      const shown = state.streams.get(card.streamId)
      if (shown === undefined) state.streams.set(card.streamId, new LobbyStream().assign(of(card)))
      else change(shown, of(card))
    }
    if (state.total !== this.#known.size) state.total = this.#known.size
    this.#count(state.categories)
  }

  #count(categories: MapSchema<number>): void {
    const counts = new Map<string, number>()
    for (const { category } of this.#known.values()) {
      if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1)
    }
    for (const category of categories.keys()) {
      if (!counts.has(category)) categories.delete(category)
    }
    for (const [category, count] of counts) {
      if (categories.get(category) !== count) categories.set(category, count)
    }
  }
}

function of(card: RankedCard) {
  const { channelId, handle, name, title, startedAt, viewers } = card
  return {
    channelId,
    handle,
    name,
    title,
    startedAt,
    viewers,
    avatarUrl: card.avatarUrl ?? '',
    category: card.category ?? '',
    language: card.language ?? '',
    country: card.country ?? '',
    rank: shownRank(card.rank),
    pulse: pulseText(card.pulse),
    isAudio: card.medium === 'audio',
    voices: voicesText(card.voices),
    speakers: card.speakers,
  }
}

function change(shown: LobbyStream, now: ReturnType<typeof of>): void {
  const fields = shown as unknown as Record<string, unknown>
  for (const [name, value] of Object.entries(now)) {
    if (fields[name] !== value) fields[name] = value
  }
}
