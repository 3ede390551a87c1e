/** The score of a battle: a fold over the ledger's gifts, and reactions at their rate (B2, B3). */
import { type BattleRecord, type BattleSide, windowOf } from './battle-record.ts'
import { battleLimits } from './protocol.ts'

/** What of a gift decides whether and how much it counts. Times are Unix ms. */
export interface CountedGift {
  giftId: string
  coins: number
  /** When the room was asked for it. */
  askedAt: number
  /** When the ledger took it. */
  at: number
}

/**
 * Points of one gift for its stream: its coins, twice in a boost, if it was asked for between start
 * and bell and the ledger took it before the tally was over.
 */
export function pointsOfGift(battle: BattleRecord, streamId: string, gift: CountedGift): number {
  const { startsAt, endsAt, giftId } = battle
  const { askedAt, at, coins } = gift
  if (startsAt === 0 || askedAt < startsAt || askedAt >= endsAt) return 0
  if (at >= endsAt + battleLimits.tallyMs) return 0
  if (giftId !== null && gift.giftId !== giftId) return 0
  const isBoosted = windowOf(battle, { kind: 'boost', streamId, at: askedAt }) !== undefined
  return isBoosted ? coins * battleLimits.boostFactor : coins
}

export function pointsOfReactions({ reactionsPerPoint }: BattleRecord, reactions: number): number {
  return reactionsPerPoint > 0 ? Math.floor(reactions / reactionsPerPoint) : 0
}

/** What a side has come to, as ledger and rooms have it. */
export interface SideSum {
  streamId: string
  points: number
  /** Since the last boost was decided. */
  gifts: number
  people: number
}

/** Teams that can still win, the best first; points of a team are the sum of its sides'. */
export function teamsByPoints(
  sides: readonly BattleSide[],
  sums: readonly SideSum[],
): { team: number; points: number }[] {
  const teams = new Map<number, number>()
  for (const { streamId, team, forfeitedAt } of sides) {
    if (forfeitedAt > 0) continue
    const points = sums.find((sum) => sum.streamId === streamId)?.points ?? 0
    teams.set(team, (teams.get(team) ?? 0) + points)
  }
  return Array.from(teams, ([team, points]) => ({ team, points })).sort(
    (one, other) => other.points - one.points || one.team - other.team,
  )
}
