/** Gifts: coins of a viewer for the host, seen by everybody. What may be said, and the bounds. */
import { z } from 'zod'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'

/** How much room a gift's animation takes, from a finger tap's to the whole stage's. */
export const giftEffects = ['tap', 'burst', 'banner', 'stage'] as const
export type GiftEffect = (typeof giftEffects)[number]

export const giftLimits = {
  sendPerSecond: 10,
  sendBurst: 20,
  quantityMax: 999,
  /** A gift of the same kind within this time of the last goes on with its combo. */
  comboMs: 5_000,
  /** Open combos of a room; a gift beyond starts none of its own that grows. */
  combosMax: 500,
  supportersShown: 5,
  goalCoinsMax: 100_000_000,
  goalTitleMax: 60,
} as const

/** The throne belongs to whoever gave most lately (GAME-11). */
export const throneLimits = {
  windowMs: 3_600_000,
  heldMs: 60_000,
  /** People whose gifts of the last hour are remembered: those who gave most. */
  claimantsMax: 500,
} as const

/** Hype train (G4). `goals` are coins of each level; a level's time begins when it is reached. */
export const trainLimits = {
  supportersMin: 3,
  startWithinMs: 300_000,
  levelMs: 300_000,
  cooldownMs: 3_600_000,
  goals: [1_000, 2_500, 6_000, 15_000, 40_000],
} as const

export const giftSend = z.strictObject({
  requestId,
  giftId: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/),
  quantity: z.number().int().min(1).max(giftLimits.quantityMax).default(1),
})
export type GiftSend = z.infer<typeof giftSend>

/** A goal of the host's, in coins from now on; null takes it away. */
export const goalSet = z.strictObject({
  requestId,
  goal: z
    .strictObject({
      title: z.string().trim().max(giftLimits.goalTitleMax).default(''),
      targetCoins: z.number().int().min(1).max(giftLimits.goalCoinsMax),
    })
    .nullable(),
})
export type GoalSet = z.infer<typeof goalSet>

/** `gift.sent`: the coins have moved. `n` counts the gifts of the stream from 1, without a hole. */
export interface GiftSent extends Entry {
  /** Id of the transfer. */
  id: string
  n: number
  from: Person
  giftId: string
  quantity: number
  coins: number
  comboId: string
  /** Units of the combo, these included: the sum of its gifts in the ledger. */
  comboUnits: number
}

/** `gift.combo_closed`: so much it came to. One that closes again has grown meanwhile. */
export interface ComboClosed extends Entry {
  comboId: string
  from: Pick<Person, 'id' | 'name'>
  giftId: string
  units: number
}

/** `throne.claimed`; `by` is null when whoever sat there gave nothing for an hour. */
export interface ThroneClaimed extends Entry {
  by: Pick<Person, 'id' | 'name'> | null
  /** Of the last hour. */
  coins: number
}

/** `train.moved`: started, reached a level, or is over. */
export interface TrainMoved extends Entry {
  what: 'started' | 'levelled' | 'ended'
  level: number
  /** Coins of the whole train. */
  coins: number
  supporters: number
}

/** `goal.changed`: set, taken away (`targetCoins` 0) or reached. */
export interface GoalChanged extends Entry {
  title: string
  targetCoins: number
  isReached: boolean
}

/** Reply to `gift.send`; what is left is told to nobody else. */
export interface GiftReply extends Omit<GiftSent, 'seq' | 'from'> {
  balanceCoins: number
}

export interface GiftEvents {
  'gift.sent': GiftSent
  'gift.combo_closed': ComboClosed
  'throne.claimed': ThroneClaimed
  'train.moved': TrainMoved
  'goal.changed': GoalChanged
}

export const giftRefusals = {
  not_live: 'Gifts open when the stream is live.',
  unknown_gift: 'There is no such gift any more. The list of gifts has changed.',
  accounts_only: 'Make an account to send gifts.',
  own_stream: 'This is your own stream.',
  host_away: 'The host is away. Gifts open again when they are back.',
  tier_needed: 'This gift is for a higher tier.',
  insufficient_coins: 'You have not enough coins for that.',
  wallet_frozen:
    'Your coins are frozen. See in your payments whether some are owed, or write to us.',
  no_wallet: 'Gifts are off in this house.',
  ledger_busy: 'Many gifts are on their way. Try again in a moment.',
  no_change: 'That is so already.',
} as const
export type GiftRefusalCode = keyof typeof giftRefusals
