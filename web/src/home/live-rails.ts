/** Who else is live, by category: rails of at least two, the others together at the end. */
import type { LiveCard } from './live-card.ts'

export interface LiveRail {
  /** Null for those that are in no rail of their own. */
  category: string | null
  cards: readonly LiveCard[]
}

const railMin = 2

/** `order` names the categories as they stand on the page, whoever is livelier. */
export function railsOf(cards: readonly LiveCard[], order: readonly string[]): LiveRail[] {
  const [, ...others] = cards
  const hasSeveral = new Set(cards.flatMap(({ category }) => category ?? [])).size > 1
  if (!hasSeveral) return others.length > 0 ? [{ category: null, cards: others }] : []
  const rails = order
    .map((category) => ({ category, cards: others.filter((card) => card.category === category) }))
    .filter((rail) => rail.cards.length >= railMin)
  return withRest(rails, others)
}

/** While somebody points at them: everybody stays in their rail, newcomers wait at the end. */
export function heldRails(rails: readonly LiveRail[], cards: readonly LiveCard[]): LiveRail[] {
  const [, ...others] = cards
  const kept = rails
    .filter(({ category }) => category !== null)
    .map((rail) => {
      const inIt = new Set(rail.cards.map(({ streamId }) => streamId))
      return { ...rail, cards: others.filter(({ streamId }) => inIt.has(streamId)) }
    })
  return withRest(kept, others)
}

function withRest(rails: LiveRail[], others: readonly LiveCard[]): LiveRail[] {
  const placed = new Set(rails.flatMap((rail) => rail.cards))
  const rest = others.filter((card) => !placed.has(card))
  return rest.length > 0 ? [...rails, { category: null, cards: rest }] : rails
}
