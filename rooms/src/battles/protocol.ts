/** Battles between live rooms: what may be said, the phases, the bounds (GAME-06, 07; B1–B5). */
import { z } from 'zod'
import { plainText } from '../chat/protocol.ts'
import { type Entry, requestId } from '../kit/protocol.ts'
import { mediaTab } from '../media/protocol.ts'

/**
 * `none` → `invited` → `countdown` → `scoring` → `tally` → `victory` → `terms` → `none`. An
 * invitation that comes to nothing goes back to `none`, a forfeit goes on to `victory`.
 */
export const battlePhases = [
  'none',
  'invited',
  'countdown',
  'scoring',
  'tally',
  'victory',
  'terms',
] as const
export type BattlePhase = (typeof battlePhases)[number]

export const battleLimits = {
  sidesMax: 4,
  inviteMs: 10_000,
  countdownMs: 3_000,
  minutesMax: 30,
  minutesDefault: 5,
  /** After the bell: gifts that were asked before it are still written. */
  tallyMs: 2_000,
  victoryMs: 30_000,
  termsMs: 120_000,
  termsCharsMax: 80,
  /** So many reactions are a point. */
  reactionsPerPoint: 100,
  boostFactor: 2,
  boostMs: 30_000,
  boostsMax: 3,
  /** A boost is told so long before it begins. */
  boostAheadMs: 3_000,
  mistMs: 30_000,
  overtimeMs: 10_000,
  overtimesMax: 3,
  /** Overtime is asked for in the last seconds, and not so late that a room misses it. */
  overtimeFromMs: 30_000,
  overtimeUntilMs: 1_000,
  /** Who was turned down by a stream invites it again after this time. */
  againAfterMs: 60_000,
} as const

const streamIdShape = z.string().min(1).max(64)

/** Host: challenges up to three streams; with a `partner` two fight two. */
export const battleInvite = z.strictObject({
  requestId,
  rivals: z.array(streamIdShape).min(1).max(3),
  /** One of `rivals` who fights on the own side; then there are three in all. */
  partner: streamIdShape.optional(),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(battleLimits.minutesMax)
    .default(battleLimits.minutesDefault),
  /** Only this gift counts; left out: all do. */
  giftId: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/)
    .optional(),
  /** What the losing side does afterwards; empty for nothing. */
  terms: z.union([z.literal(''), plainText({ charsMax: battleLimits.termsCharsMax })]).default(''),
})
export type BattleInvite = z.infer<typeof battleInvite>

export const battleAnswer = z.strictObject({
  requestId,
  battleId: z.string().min(1).max(64),
  accept: z.boolean(),
})
export type BattleAnswer = z.infer<typeof battleAnswer>

/** Takes the own invitation back; once it has begun, gives the battle up. */
export const battleLeave = z.strictObject({ requestId, battleId: z.string().min(1).max(64) })
export type BattleLeave = z.infer<typeof battleLeave>

/** `mist` hides the own points from the others, `overtime` moves the bell. */
export const battlePowers = ['mist', 'overtime'] as const
export type BattlePower = (typeof battlePowers)[number]

export const battleUse = z.strictObject({
  requestId,
  battleId: z.string().min(1).max(64),
  power: z.enum(battlePowers),
})
export type BattleUse = z.infer<typeof battleUse>

/** Everybody: picture and sound of another side. A read; the reply is a `MediaTicket`. */
export const battleTicketAsk = z.strictObject({
  requestId: requestId.optional(),
  streamId: streamIdShape,
  tab: mediaTab,
})
export type BattleTicketAsk = z.infer<typeof battleTicketAsk>

export const battleEnds = ['won', 'draw', 'forfeit', 'cancelled', 'rejected', 'expired'] as const
export type BattleEnd = (typeof battleEnds)[number]

export const battleMoves = [
  'invited',
  'accepted',
  'called_off',
  'began',
  'boosted',
  'misted',
  'extended',
  'forfeited',
  'ended',
] as const

/** Who fights, by name: a log is read long after the battle. */
export interface BattleName {
  streamId: string
  name: string
  team: number
}

/** `battle.moved`: something of a battle was decided. What is true now is in the state. */
export interface BattleMoved extends Entry {
  battleId: string
  what: (typeof battleMoves)[number]
  /** The side it is about; empty when it is about all. */
  streamId: string
  /** Of that side; logs of earlier versions lack it, and `sides`. */
  name?: string
  /** With `invited`, `began` and `ended`: everybody in it. */
  sides?: BattleName[]
  /** With `called_off` and `ended`: how. */
  end?: BattleEnd
  /** With `ended`: the team that won; null for a draw. */
  winner?: number | null
  /** With `ended`: what each side came to. */
  points?: Record<string, number>
}

export interface BattleEvents {
  'battle.moved': BattleMoved
}

/** Reply to all commands of battles. */
export interface BattleReply {
  battleId: string
  phase: BattlePhase
}

export const battleRefusals = {
  no_battles: 'Battles are off in this house.',
  not_live: 'Battles are for streams that are live.',
  own_battle: 'Choose one to three other streams, each once.',
  unknown_rival: 'That stream is not live any more.',
  not_for_voices: 'Battles are for streams with pictures, not for rooms of voices.',
  unknown_gift: 'There is no such gift any more. The list of gifts has changed.',
  battle_busy: 'One of the streams is in a battle or has an invitation already.',
  battle_declined: 'They take no challenge of yours now. Try again later.',
  no_battle: 'That battle is over.',
  blocked: 'The host has blocked you.',
  wrong_battle_phase: 'It is too early or too late for that.',
  power_used: 'That was used already.',
  not_trailing: 'Overtime is for the side that is behind.',
} as const
export type BattleRefusalCode = keyof typeof battleRefusals
