/**
 * Which streams are live, as one process knows it: what it heard and when, the rank that goes on
 * from before, and who wants to be told. Time is given, so that a stall can be tested.
 */
import { lobbyLimits, momentaryRank, type RankedCard, type StreamCardFacts } from './protocol.ts'

export type ListingListener = (streamId: string, card: RankedCard | null) => void

/** `max(momentary rank, rank before · 2^(−time since / 10 min))`. */
export function decayedRank(
  before: { rank: number; at: number } | undefined,
  momentary: number,
  now: number,
): number {
  if (before === undefined) return momentary
  const halves = Math.max(0, now - before.at) / lobbyLimits.rankHalfLifeMs
  return Math.max(momentary, before.rank * 2 ** -halves)
}

interface Known {
  card: RankedCard
  heardAt: number
}

export class Listings {
  readonly #known = new Map<string, Known>()
  readonly #listeners = new Set<ListingListener>()
  #sweptAt: number

  constructor(now: number) {
    this.#sweptAt = now
  }

  cards(): RankedCard[] {
    return Array.from(this.#known.values(), ({ card }) => card)
  }

  card(streamId: string): RankedCard | undefined {
    return this.#known.get(streamId)?.card
  }

  /** The card with its rank of this moment, whoever ranked the stream before. */
  rank(facts: StreamCardFacts, now: number): RankedCard {
    const before = this.#known.get(facts.streamId)
    const last = before && { rank: before.card.rank, at: before.heardAt }
    return { ...facts, rank: decayedRank(last, momentaryRank(facts), now) }
  }

  /** False when it is one too many. */
  hear(card: RankedCard, now: number): boolean {
    const { streamId } = card
    if (!this.#known.has(streamId) && this.#known.size >= lobbyLimits.knownMax) return false
    this.#known.set(streamId, { card, heardAt: now })
    this.#tell(streamId, card)
    return true
  }

  drop(streamId: string): void {
    if (this.#known.delete(streamId)) this.#tell(streamId, null)
  }

  /** About once a second: drops who has been silent for too long. */
  sweep(now: number): void {
    // While this process itself stood still, nobody could be heard.
    const deafMs = now - this.#sweptAt - lobbyLimits.refreshMs
    this.#sweptAt = now
    for (const [streamId, known] of this.#known) {
      if (deafMs > lobbyLimits.refreshMs) known.heardAt += deafMs
      if (now - known.heardAt >= lobbyLimits.unlistedAfterMs) this.drop(streamId)
    }
  }

  subscribe(listener: ListingListener): () => void {
    this.#listeners.add(listener)
    for (const { card } of this.#known.values()) listener(card.streamId, card)
    return () => void this.#listeners.delete(listener)
  }

  #tell(streamId: string, card: RankedCard | null): void {
    for (const listener of this.#listeners) listener(streamId, card)
  }
}
