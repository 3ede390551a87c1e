/**
 * A battle as it is kept: everything that was decided, with its times. Where it stands follows from
 * these and the clock, so each room knows by itself, and no process has to be alive for it.
 */
import { type BattleEnd, battleLimits, type BattlePhase } from './protocol.ts'

export interface BattleSide {
  streamId: string
  channelId: string
  /** Handle of the channel, and its name. */
  channel: string
  name: string
  avatarUrl: string
  hostId: string
  team: number
  hasAccepted: boolean
  /** Unix ms until when its host is waited for; 0 while they are there. */
  awayUntil: number
  /** Unix ms; 0: it did not give up. */
  forfeitedAt: number
  hasMisted: boolean
  /** Number of the newest gift of the stream when all had accepted: later ones may count. */
  fromN: number
}

/** Times are Unix ms; `until` is the first moment it does not hold any more. */
export interface BattleWindow {
  kind: 'boost' | 'mist'
  streamId: string
  from: number
  until: number
}

/** Why a side got a boost, or nobody did: kept for whoever asks (GAME-07). */
export interface BoostChoice {
  slot: number
  at: number
  streamId: string
  /** By stream: points at that moment, and ten for each person who gave plus one for each gift. */
  looked: { streamId: string; points: number; engagement: number }[]
}

export interface BattleOutcome {
  end: BattleEnd
  /** Team; null when nobody won. */
  winner: number | null
  points: Record<string, number>
  at: number
}

export interface BattleRecord {
  id: string
  /** Goes up by one with each change. */
  version: number
  /** The stream that invited. */
  by: string
  /** Only this gift counts; null: all do. */
  giftId: string | null
  minutes: number
  terms: string
  reactionsPerPoint: number
  invitedAt: number
  invitedUntil: number
  /** 0 until all have accepted. */
  startsAt: number
  /** The bell. Overtime moves it, a forfeit brings it. */
  endsAt: number
  overtimes: number
  sides: BattleSide[]
  windows: BattleWindow[]
  boosts: BoostChoice[]
  outcome: BattleOutcome | null
}

const calledOff: ReadonlySet<BattleEnd> = new Set(['cancelled', 'rejected', 'expired'])

/** Where it stands, and until when that is so by the clock alone; Infinity: until it is decided. */
export function phaseOf(battle: BattleRecord, now: number): { phase: BattlePhase; until: number } {
  const { outcome, invitedUntil, startsAt, endsAt } = battle
  if (outcome !== null) return phaseAfter(battle, outcome.at, now)
  if (startsAt === 0) {
    if (now < invitedUntil) return { phase: 'invited', until: invitedUntil }
    return { phase: 'none', until: Infinity }
  }
  if (now < startsAt) return { phase: 'countdown', until: startsAt }
  if (now < endsAt) return { phase: 'scoring', until: endsAt }
  return { phase: 'tally', until: Infinity }
}

function phaseAfter(battle: BattleRecord, at: number, now: number) {
  const { end, winner } = battle.outcome as BattleOutcome
  const none = { phase: 'none' as const, until: Infinity }
  if (calledOff.has(end)) return none
  const victoryUntil = at + battleLimits.victoryMs
  if (now < victoryUntil) return { phase: 'victory' as const, until: victoryUntil }
  const termsUntil = victoryUntil + battleLimits.termsMs
  const hasTerms = battle.terms !== '' && winner !== null
  return hasTerms && now < termsUntil ? { phase: 'terms' as const, until: termsUntil } : none
}

export const sideOf = (battle: BattleRecord, streamId: string): BattleSide | undefined =>
  battle.sides.find((side) => side.streamId === streamId)

/** Windows of a side that hold at a moment. */
export function windowOf(
  battle: BattleRecord,
  { kind, streamId, at }: { kind: BattleWindow['kind']; streamId: string; at: number },
): BattleWindow | undefined {
  return battle.windows.find(
    (one) => one.kind === kind && one.streamId === streamId && one.from <= at && at < one.until,
  )
}

/** The next moment at which the clock alone changes what is shown or due, Unix ms. */
export function nextChange(battle: BattleRecord, now: number): number | undefined {
  const { invitedUntil, endsAt, outcome, sides, windows } = battle
  const times = [
    phaseOf(battle, now).until,
    ...(outcome === null ? [invitedUntil, endsAt + battleLimits.tallyMs] : []),
    ...sides.map(({ awayUntil }) => awayUntil),
    ...windows.flatMap(({ from, until }) => [from, until]),
  ]
  const next = Math.min(...times.filter((at) => at > now))
  return Number.isFinite(next) ? next : undefined
}
