/** A battle as a page shows it, out of the room's state alone; knows neither page nor clock. */
import type { LiveSnapshot } from '@odeon/sdk'

export type BattleNow = NonNullable<LiveSnapshot['battle']>
export type BattleSideNow = BattleNow['sides'][number]

export interface TeamNow {
  team: number
  sides: readonly BattleSideNow[]
  points: number
  /** In a mist: what is shown is what they had when it came. */
  isHidden: boolean
  /** All of it gave up. */
  isOut: boolean
}

/** Colours of teams, as the stylesheet has them; the same in every room. */
export const teamColours = [0x5b8cff, 0xff6ac1, 0xffb547, 0x3dd6c6] as const

export const ownSideOf = ({ sides }: BattleNow, streamId: string): BattleSideNow | undefined =>
  sides.find((side) => side.streamId === streamId)

/** The own side first, then who fights on it, then the others. */
export function sidesInOrder(battle: BattleNow, streamId: string): readonly BattleSideNow[] {
  const own = ownSideOf(battle, streamId)
  const rank = (side: BattleSideNow) => (side === own ? 0 : side.team === own?.team ? 1 : 2)
  return battle.sides.toSorted((one, other) => rank(one) - rank(other))
}

/** The own team first. */
export function teamsOf(battle: BattleNow, streamId: string): readonly TeamNow[] {
  const own = ownSideOf(battle, streamId)?.team
  const byTeam = Map.groupBy(sidesInOrder(battle, streamId), ({ team }) => team)
  return Array.from(byTeam, ([team, sides]) => ({
    team,
    sides,
    points: sides.reduce((sum, { points }) => sum + points, 0),
    isHidden: team !== own && sides.some((side) => isMisted(battle, side)),
    isOut: sides.every(({ hasForfeited }) => hasForfeited),
  }))
}

export const isMisted = ({ phase }: BattleNow, { mistUntil }: BattleSideNow): boolean =>
  phase === 'scoring' && mistUntil > 0

/** Together no more than this is what teams have without a point, so that each stays in view. */
const floorShare = 0.4

/** How much of the bar is each team's; all of it together is 1. */
export function sharesOf(teams: readonly Pick<TeamNow, 'points'>[]): number[] {
  const whole = teams.reduce((sum, { points }) => sum + points, 0)
  return teams.map(({ points }) => {
    const won = whole === 0 ? 1 / teams.length : points / whole
    return floorShare / teams.length + (1 - floorShare) * won
  })
}

/** Who leads alone; undefined while the best are equal, or one of them is in a mist. */
export function leaderOf(teams: readonly TeamNow[]): TeamNow | undefined {
  if (teams.some(({ isHidden }) => isHidden)) return undefined
  const [first, second] = teams
    .filter(({ isOut }) => !isOut)
    .toSorted((one, other) => other.points - one.points)
  return first && first.points > (second?.points ?? 0) ? first : undefined
}

/** Where a browser cannot speak the language, without a word between the last two. */
export function namesOf(sides: readonly { name: string }[], language: string): string {
  const isSpoken = Intl.ListFormat.supportedLocalesOf(language).length > 0
  const list = new Intl.ListFormat(language, { type: isSpoken ? 'conjunction' : 'unit' })
  return list.format(sides.map(({ name }) => name))
}

export type BoostNow = { is: 'coming' | 'on'; seconds: number } | undefined

/** Told ahead of its begin; `seconds` to its begin or to its end. */
export function boostOf({ boostFrom, boostUntil }: BattleSideNow, now: number): BoostNow {
  if (now >= boostUntil) return undefined
  const isOn = now >= boostFrom
  return { is: isOn ? 'on' : 'coming', seconds: secondsTo(isOn ? boostUntil : boostFrom, now) }
}

export const secondsTo = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at - now) / 1_000))

/** Seconds before the bell that are told to who cannot see the clock. */
const toldSeconds = [60, 30, 10] as const

/** The last of the told moments that has come; undefined before the first. */
export function lastCallOf({ phase, endsAt }: BattleNow, now: number): number | undefined {
  const left = secondsTo(endsAt, now)
  if (phase !== 'scoring' || left === 0) return undefined
  return toldSeconds.findLast((seconds) => left <= seconds)
}
