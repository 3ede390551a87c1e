/** Money as everybody names it: currencies, bounds, why a transfer is refused. No behaviour. */

/** Kept in whole minor units, never as fractions. There is no exchange between them. */
export const currencies = ['coin', 'bonus', 'hours'] as const
export type Currency = (typeof currencies)[number]

/** 124.5 hours are 12,450 minor units. */
export const currencyDecimals: Readonly<Record<Currency, number>> = { coin: 0, bonus: 0, hours: 2 }

export const walletLimits = {
  /** Of one leg, in minor units. */
  amountMax: 100_000_000_000,
  /** Of an account, in minor units, either way; exact in every program that reads it. */
  balanceMax: 9_000_000_000_000_000,
  legsMax: 256,
  detailsBytesMax: 1_024,
  statementPageMax: 100,
  /** Longest a hold may last. */
  holdMsMax: 30 * 24 * 60 * 60_000,
} as const

/** Whole minor units of each currency. */
export type Balances = Record<Currency, number>

export interface WalletView extends Balances {
  /** Coins that came from others, over all time; what was bought is not earned. */
  totalEarned: number
  /** Coins spent over all time; what came back of a hold was not spent. */
  totalSpent: number
}

/** In the order of precedence; the first that is true is the outcome, and nothing is kept. */
export const transferRefusals = {
  invalid_transfer: 'This transfer is not well formed.',
  id_reused: 'This id names another transfer.',
  amount_out_of_bounds: 'This amount cannot be moved.',
  unknown_hold: 'Nothing is held under this id.',
  hold_resolved: 'What was held has been given out already.',
  hold_expired: 'What was held has expired.',
  currency_mismatch: 'A transfer moves one currency.',
  same_account: 'An account cannot give to itself.',
  unknown_account: 'There is no such account.',
  frozen_account: 'These coins are frozen.',
  bonus_not_transferable: 'Bonus coins cannot be given to another person.',
  hold_exceeded: 'That is more than is held.',
  insufficient_coins: 'You have not enough coins for that.',
  balance_out_of_bounds: 'The account cannot hold that much.',
  /** Of the way to the ledger: nothing was decided, the same id may be asked again. */
  ledger_busy: 'Many transfers are on their way. Try again in a moment.',
  /** Nobody knows whether it was posted; the same id asked again tells. */
  ledger_unavailable: 'The ledger does not answer. Try again in a moment.',
} as const
export type TransferRefusalCode = keyof typeof transferRefusals
