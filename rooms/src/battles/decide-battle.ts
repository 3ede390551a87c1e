/**
 * What becomes of a battle when something is asked of it: a pure function, run where the record is
 * locked. An ask that comes twice, or too late, changes nothing or is refused by name.
 */
import { type BattleRecord, type BattleSide, phaseOf, sideOf } from './battle-record.ts'
import { chooseBoost } from './choose-boost.ts'
import { battleLimits, type BattleEnd, type BattleRefusalCode } from './protocol.ts'
import { type SideSum, teamsByPoints } from './score.ts'

export type BattleAsk =
  | { do: 'accept' | 'reject' | 'forfeit' | 'mist' | 'overtime' | 'back'; streamId: string }
  | { do: 'away'; streamId: string; until: number }
  /** Said by whichever room sees that it is due; who comes second changes nothing. */
  | { do: 'tend' }

/** Sums are read only where they decide something. */
export interface BattleFacts {
  now: number
  sums: readonly SideSum[]
  /** By stream: number of the newest gift. */
  heads: Readonly<Record<string, number>>
}

export type BattleDecision = BattleRecord | { refused: BattleRefusalCode }

export function decideBattle(
  battle: BattleRecord,
  ask: BattleAsk,
  facts: BattleFacts,
): BattleDecision {
  if (ask.do === 'tend') return tend(battle, facts)
  const side = sideOf(battle, ask.streamId)
  const { phase } = phaseOf(battle, facts.now)
  if (side === undefined || battle.outcome !== null) return { refused: 'no_battle' }
  switch (ask.do) {
    case 'accept':
      return phase === 'invited' ? accept(battle, side, facts) : { refused: 'no_battle' }
    case 'reject':
      if (phase !== 'invited') return { refused: 'no_battle' }
      return over(battle, battle.by === ask.streamId ? 'cancelled' : 'rejected', facts)
    case 'forfeit':
      return phase === 'invited' || phase === 'none' || phase === 'tally'
        ? { refused: 'wrong_battle_phase' }
        : forfeit(battle, side, facts)
    case 'mist':
      return mist(battle, side, facts)
    case 'overtime':
      return overtime(battle, side, facts)
    case 'away':
      return side.awayUntil > 0 ? battle : withSide(battle, side, { awayUntil: ask.until })
    case 'back':
      return side.awayUntil === 0 ? battle : withSide(battle, side, { awayUntil: 0 })
  }
}

/** True when `tend` would change something: asked before the record is locked for it. */
export function isDue(battle: BattleRecord, now: number): boolean {
  const { outcome, invitedUntil, startsAt, endsAt, sides } = battle
  if (outcome !== null) return false
  if (startsAt === 0) return now >= invitedUntil
  if (now >= endsAt) return now >= endsAt + battleLimits.tallyMs
  if (sides.some((side) => isGone(side, now))) return true
  return boostSlot(battle, now) > battle.boosts.length
}

const isGone = ({ awayUntil, forfeitedAt }: BattleSide, now: number): boolean =>
  awayUntil > 0 && awayUntil <= now && forfeitedAt === 0

/** A boost may come after each quarter but the last: 1, 2, 3; 0 before the first. */
function boostSlot({ startsAt, endsAt, minutes }: BattleRecord, now: number): number {
  if (now < startsAt || now >= endsAt) return 0
  const quarterMs = (minutes * 60_000) / (battleLimits.boostsMax + 1)
  return Math.min(battleLimits.boostsMax, Math.floor((now - startsAt) / quarterMs))
}

function tend(battle: BattleRecord, facts: BattleFacts): BattleRecord {
  const { now, sums } = facts
  if (!isDue(battle, now)) return battle
  if (battle.startsAt === 0) return over(battle, 'expired', facts)
  if (now >= battle.endsAt) return settle(battle, facts)
  const gone = battle.sides.find((side) => isGone(side, now))
  if (gone !== undefined) return forfeit(battle, gone, facts)
  const slot = boostSlot(battle, now)
  const choice = chooseBoost(battle, { slot, now, sums })
  const from = now + battleLimits.boostAheadMs
  const until = Math.min(from + battleLimits.boostMs, battle.endsAt)
  const isGiven = choice.streamId !== '' && from < until
  return changed(battle, {
    // A quarter in which nobody looked has had its turn.
    boosts: [...battle.boosts, ...missed(battle.boosts.length, slot, now), choice],
    windows: isGiven
      ? [...battle.windows, { kind: 'boost', streamId: choice.streamId, from, until }]
      : battle.windows,
  })
}

const missed = (had: number, slot: number, at: number) =>
  Array.from({ length: slot - had - 1 }, (_, index) => {
    return { slot: had + 1 + index, at, streamId: '', looked: [] }
  })

function accept(battle: BattleRecord, side: BattleSide, { now, heads }: BattleFacts) {
  const next = withSide(battle, side, { hasAccepted: true })
  if (!next.sides.every(({ hasAccepted }) => hasAccepted)) return next
  const startsAt = now + battleLimits.countdownMs
  const endsAt = startsAt + battle.minutes * 60_000
  const sides = next.sides.map((one) => ({ ...one, fromN: heads[one.streamId] ?? 0 }))
  return { ...next, startsAt, endsAt, sides }
}

/** Nobody else left on the other teams: it is over at this moment. */
function forfeit(battle: BattleRecord, side: BattleSide, facts: BattleFacts): BattleRecord {
  if (side.forfeitedAt > 0) return battle
  const next = withSide(battle, side, { forfeitedAt: facts.now })
  const left = teamsByPoints(next.sides, facts.sums)
  if (left.length > 1) return next
  const outcome = {
    end: 'forfeit' as const,
    winner: left[0]?.team ?? null,
    points: pointsBy(facts.sums),
    at: facts.now,
  }
  return { ...next, endsAt: facts.now, startsAt: Math.min(next.startsAt, facts.now), outcome }
}

function mist(battle: BattleRecord, side: BattleSide, { now }: BattleFacts): BattleDecision {
  const { phase } = phaseOf(battle, now)
  if (phase !== 'scoring') return { refused: 'wrong_battle_phase' }
  if (side.hasMisted) return { refused: 'power_used' }
  const until = Math.min(now + battleLimits.mistMs, battle.endsAt)
  const next = withSide(battle, side, { hasMisted: true })
  const { streamId } = side
  return { ...next, windows: [...battle.windows, { kind: 'mist', streamId, from: now, until }] }
}

function overtime(battle: BattleRecord, side: BattleSide, facts: BattleFacts): BattleDecision {
  const { overtimeFromMs, overtimeUntilMs, overtimesMax, overtimeMs } = battleLimits
  const { phase } = phaseOf(battle, facts.now)
  const leftMs = battle.endsAt - facts.now
  if (phase !== 'scoring' || leftMs > overtimeFromMs || leftMs < overtimeUntilMs) {
    return { refused: 'wrong_battle_phase' }
  }
  if (battle.overtimes >= overtimesMax) return { refused: 'power_used' }
  const teams = teamsByPoints(battle.sides, facts.sums)
  const own = teams.find(({ team }) => team === side.team)
  if (own === undefined || own.points >= (teams[0]?.points ?? 0)) return { refused: 'not_trailing' }
  return changed(battle, {
    endsAt: battle.endsAt + overtimeMs,
    overtimes: battle.overtimes + 1,
  })
}

function settle(battle: BattleRecord, { now, sums }: BattleFacts): BattleRecord {
  const [first, second] = teamsByPoints(battle.sides, sums)
  const isDraw = first !== undefined && first.points === second?.points
  const winner = isDraw ? null : (first?.team ?? null)
  const end: BattleEnd = winner === null ? 'draw' : 'won'
  return changed(battle, { outcome: { end, winner, points: pointsBy(sums), at: now } })
}

function over(battle: BattleRecord, end: BattleEnd, { now }: BattleFacts): BattleRecord {
  return changed(battle, { outcome: { end, winner: null, points: {}, at: now } })
}

const pointsBy = (sums: readonly SideSum[]) =>
  Object.fromEntries(sums.map(({ streamId, points }) => [streamId, points]))

function withSide(battle: BattleRecord, side: BattleSide, change: Partial<BattleSide>) {
  const sides = battle.sides.map((one) => (one === side ? { ...one, ...change } : one))
  return changed(battle, { sides })
}

const changed = (battle: BattleRecord, change: Partial<BattleRecord>): BattleRecord => {
  return { ...battle, ...change, version: battle.version + 1 }
}
