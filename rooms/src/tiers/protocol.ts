/** Tiers of the house: what somebody buys for some days, and what it gives (SUB-01…08). */
import type { ChatPrivilege } from '../chat/protocol.ts'

export const tierLimits = {
  levelMax: 5,
  /** Longest that somebody's tier may reach ahead of now. */
  aheadDaysMax: 366,
} as const

/** One tier as it can be bought. */
export interface HouseTier {
  /** 1 is the lowest. */
  level: number
  priceCoins: number
  days: number
  /** Bonus coins for each day. */
  dailyBonus: number
  /** Ids of gifts that this tier opens and the one below does not. */
  exclusiveGifts: readonly string[]
  chatPrivileges: readonly ChatPrivilege[]
}

/** What somebody has; level 0 and null without a tier. */
export interface OwnTier {
  level: number
  /** Unix ms. */
  until: number | null
}

/** The tier of a person in a room: it counts until its moment, whoever says so or does not. */
export interface RoomTier {
  level: number
  /** Unix ms. */
  until: number
  privileges: readonly ChatPrivilege[]
}

/** `og.changed`, without a number, to each device of its person. */
export type OgChanged = OwnTier

/** Of every 100 coins that a tier costs so many come back as bonus, spread over its days. */
const bonusPercent = 60

/** `floor(priceCoins · 0.6 / days)`, reckoned in whole numbers (SUB-03). */
export function dailyBonusOf({ priceCoins, days }: { priceCoins: number; days: number }): number {
  return Math.floor((priceCoins * bonusPercent) / (100 * days))
}
