/** A treasure box as it is kept: what was settled with the coins, and what came of it. */
import { type LuckyOne, type TreasurePhase, treasureLimits } from './protocol.ts'

export interface TreasureRecord {
  id: string
  streamId: string
  funder: { id: string; name: string }
  coins: number
  shares: number
  /** Unix ms. */
  fundedAt: number
  opensAt: number
  endsAt: number
  /** The stream was over before: from then on nobody claimed; null otherwise. */
  closedAt: number | null
  commitment: string
  /** How many take part. */
  claims: number
  /** Null until the coins are where they belong. */
  outcome: TreasureOutcome | null
}

export interface TreasureOutcome {
  /** When it was paid. */
  drawnAt: number
  /** It could not be drawn in its time: all of it is back, without a draw. */
  isExpired: boolean
  seed: string
  root: string
  lucky: LuckyOne[]
  givenCoins: number
  returnedCoins: number
}

/** From then on nobody claims. */
export const closesAt = ({ endsAt, closedAt }: TreasureRecord): number =>
  Math.min(endsAt, closedAt ?? endsAt)

/** From then on it may be drawn. */
export const drawnFrom = (box: TreasureRecord): number => closesAt(box) + treasureLimits.tallyMs

/** Where it stands; `until` is Infinity where nobody knows. */
export function treasurePhaseOf(
  box: TreasureRecord,
  now: number,
): { phase: TreasurePhase; until: number } {
  const closes = closesAt(box)
  if (box.outcome !== null) {
    const until = box.outcome.drawnAt + treasureLimits.shownMs
    return now < until ? { phase: 'drawn', until } : { phase: 'none', until: Infinity }
  }
  if (now < Math.min(box.opensAt, closes)) return { phase: 'waiting', until: box.opensAt }
  return now < closes
    ? { phase: 'open', until: closes }
    : { phase: 'drawing', until: drawnFrom(box) }
}
