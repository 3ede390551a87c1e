/** Treasure boxes: coins of the host's, drawn among those who claim. What may be said (G5). */
import { z } from 'zod'
import { type Drawn, isProven } from '../draw/protocol.ts'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'

/** `waiting` → `open` → `drawing` → `drawn` → `none`. */
export const treasurePhases = ['none', 'waiting', 'open', 'drawing', 'drawn'] as const
export type TreasurePhase = (typeof treasurePhases)[number]

export const treasureLimits = {
  coinsMin: 10,
  coinsMax: 1_000_000,
  sharesMax: 50,
  /** In boxes that one person fills within 24 hours, all of them together. */
  coinsPerDayMax: 2_000_000,
  /** From the funding to the opening. */
  opensInSecondsMin: 5,
  opensInSecondsMax: 1_800,
  /** How long it may be claimed. */
  openSecondsMin: 10,
  openSecondsMax: 120,
  openSecondsDefault: 30,
  luckCharsMax: 64,
  /** People who claim one box. */
  claimsMax: 10_000,
  /** Behind the end: claims that were made in time are still written. */
  tallyMs: 2_000,
  /** What came of it is shown so long. */
  shownMs: 60_000,
} as const

/** The host: puts coins aside and says when the box opens. */
export const treasureFund = z.strictObject({
  requestId,
  coins: z.number().int().min(treasureLimits.coinsMin).max(treasureLimits.coinsMax),
  /** How many are lucky at most. */
  shares: z.number().int().min(1).max(treasureLimits.sharesMax),
  opensInSeconds: z
    .number()
    .int()
    .min(treasureLimits.opensInSecondsMin)
    .max(treasureLimits.opensInSecondsMax),
  openSeconds: z
    .number()
    .int()
    .min(treasureLimits.openSecondsMin)
    .max(treasureLimits.openSecondsMax)
    .default(treasureLimits.openSecondsDefault),
})
export type TreasureFund = z.infer<typeof treasureFund>

/** Takes part, once. `luck` is whatever the claimer likes: it is mixed into the draw. */
export const treasureClaim = z.strictObject({
  requestId,
  boxId: z.string().min(1).max(64),
  luck: z
    .string()
    .max(treasureLimits.luckCharsMax)
    .regex(/^[\w-]+$/),
})
export type TreasureClaim = z.infer<typeof treasureClaim>

/** Somebody who got coins. */
export interface LuckyOne {
  id: string
  name: string
  coins: number
}

/** `treasure.funded`: the coins are put aside. Also what the funder is answered. */
export interface TreasureFunded extends Entry {
  boxId: string
  by: Pick<Person, 'id' | 'name'>
  coins: number
  shares: number
  /** Unix ms. */
  opensAt: number
  endsAt: number
  /** Of rules and seed of the draw. */
  commitment: string
}

/** `treasure.drawn`: the coins are where they belong, what nobody got is back. */
export interface TreasureDrawn extends Entry {
  boxId: string
  by: Pick<Person, 'id' | 'name'>
  /** How many took part. */
  claims: number
  /** In the order in which they were drawn. */
  lucky: LuckyOne[]
  givenCoins: number
  returnedCoins: number
  /** It could not be drawn in its time: all of it is back, and there is no draw to check. */
  isExpired: boolean
  /** Empty when it is expired. With them anybody can work out the draw again. */
  seed: string
  root: string
}

export interface TreasureEvents {
  'treasure.funded': TreasureFunded
  'treasure.drawn': TreasureDrawn
}

/** Reply to `treasure.fund`; what is left is told to nobody else. */
export interface TreasureFundReply extends Omit<TreasureFunded, keyof Entry | 'by'> {
  balanceCoins: number
}

/** Reply to `treasure.claim`: which of the tickets is theirs. */
export interface TreasureClaimReply {
  boxId: string
  ticket: string
  /** Unix ms; drawn soon after. */
  endsAt: number
}

/** Rules of a box's draw, as its commitment binds them. */
export interface TreasureRules {
  boxId: string
  streamId: string
  funderId: string
  coins: number
  shares: number
  opensAt: number
  endsAt: number
}

/** All that it takes to work out a draw again; before it is over neither seed nor tickets. */
export interface TreasureProof {
  rules: TreasureRules
  commitment: string
  /** It could not be drawn in its time, and all of it went back. */
  isExpired: boolean
  /** Null until it is drawn, and for ever where it is expired. */
  drawn: (Drawn & { seed: string; tickets: string[] }) | null
}

/**
 * True if what was drawn follows from what was bound before. `commitment` is the one that was told
 * when the box was filled: a proof for another one does not count. Browsers do it on secure pages.
 */
export async function isTreasureProven(proof: TreasureProof, commitment: string): Promise<boolean> {
  const { rules, drawn } = proof
  if (drawn === null || proof.commitment !== commitment) return false
  const { seed, tickets } = drawn
  const { shares: places, coins } = rules
  const bound = { rules: { ...rules }, commitment, places, coins, seed, tickets }
  return isProven(bound, drawn)
}

export const treasureRefusals = {
  no_treasure: 'Treasure boxes are off in this house.',
  not_live: 'Treasure boxes are for streams that are live.',
  account_required: 'Guests cannot do that. Create an account first.',
  coins_below_shares: 'A box needs a coin for each share at least.',
  box_there: 'There is a treasure box in this room already.',
  box_day_limit: 'That is more than may go into your treasure boxes in a day.',
  no_box: 'That treasure box is not here any more.',
  own_box: 'This is your own treasure box.',
  box_not_open: 'The treasure box is not open yet.',
  box_over: 'Too late: the treasure box is closed.',
  came_later: 'This treasure box is for those who were here before it opened.',
  already_claimed: 'You take part already.',
  box_full: 'No more people fit around this treasure box.',
  insufficient_coins: 'You have not enough coins for that.',
  wallet_frozen:
    'Your coins are frozen. See in your payments whether some are owed, or write to us.',
  ledger_busy: 'Many transfers are on their way. Try again in a moment.',
  request_reused: 'That request id was used for something else.',
} as const
export type TreasureRefusalCode = keyof typeof treasureRefusals
