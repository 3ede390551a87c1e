/** What refuses a transfer, in the order of precedence: the first that is true is the outcome. */
import type { Account, Hold, LedgerView } from './ledger-view.ts'
import { isAmount, keyOf, type Prepared } from './prepare-transfer.ts'
import { type Currency, type TransferRefusalCode, walletLimits } from './protocol.ts'

/** A transfer as it would be posted. */
export interface Plan {
  legs: PlannedLeg[]
  /** What it resolves. */
  hold: Hold | undefined
}

interface PlannedLeg {
  from: string
  to: string
  amount: number
}

export interface Moment {
  at: number
  /** Which of the house's accounts this process uses. */
  stripe: number
}

/** The plan, or why there is none. */
export function checkTransfer(
  view: LedgerView,
  { ask }: Prepared,
  moment: Moment,
): Plan | TransferRefusalCode {
  const { movement } = ask
  if (!amountsOf(movement).every(isAmount)) return 'amount_out_of_bounds'
  const hold = movement.do === 'resolve' ? view.holds.get(movement.holdId) : undefined
  const plan = { legs: legsOf(movement, hold, moment), hold }
  const onHold = checkHold(movement, hold, moment.at)
  return onHold ?? checkAccounts(view, plan) ?? plan
}

function amountsOf(movement: Prepared['ask']['movement']): number[] {
  if (movement.do === 'hold') return [movement.amount]
  return (movement.do === 'post' ? movement.legs : movement.to).map(({ amount }) => amount)
}

function legsOf(
  movement: Prepared['ask']['movement'],
  hold: Hold | undefined,
  { stripe }: Moment,
): PlannedLeg[] {
  switch (movement.do) {
    case 'post':
      return movement.legs.map(({ from, to, amount }) => {
        return { from: keyOf(from, stripe), to: keyOf(to, stripe), amount }
      })
    case 'hold': {
      const { from, amount } = movement
      return [{ from: keyOf(from, stripe), to: escrowKey(from.currency, stripe), amount }]
    }
    case 'resolve': {
      if (hold === undefined) return []
      const from = hold.escrowKey
      const given = movement.to.map(({ to, amount }) => ({ from, to: keyOf(to, stripe), amount }))
      const left = hold.amount - sumOf(given)
      return left > 0 ? [...given, { from, to: hold.holderKey, amount: left }] : given
    }
  }
}

export const escrowKey = (currency: Currency, stripe: number) => `escrow:${stripe}:${currency}`

const sumOf = (legs: readonly { amount: number }[]) =>
  legs.reduce((sum, { amount }) => sum + amount, 0)

function checkHold(
  movement: Prepared['ask']['movement'],
  hold: Hold | undefined,
  at: number,
): TransferRefusalCode | undefined {
  if (movement.do === 'hold') {
    const { expiresAt } = movement
    return expiresAt > at && expiresAt <= at + walletLimits.holdMsMax ? undefined : 'hold_expired'
  }
  if (movement.do === 'post') return undefined
  if (hold === undefined) return 'unknown_hold'
  if (hold.isResolved) return 'hold_resolved'
  return hold.expiresAt <= at && movement.to.length > 0 ? 'hold_expired' : undefined
}

function checkAccounts(view: LedgerView, { legs, hold }: Plan): TransferRefusalCode | undefined {
  const sources = new Set(legs.map(({ from }) => from))
  const targets = new Set(legs.map(({ to }) => to))
  const keys = [...sources, ...targets]
  if (new Set(keys.map((key) => key.slice(key.lastIndexOf(':')))).size > 1) {
    return 'currency_mismatch'
  }
  if ([...sources].some((key) => targets.has(key))) return 'same_account'
  const found = keys.map((key) => view.accounts.get(key))
  if (found.includes(undefined)) return 'unknown_account'
  const from = [...sources].map((key) => view.accounts.get(key) as Account)
  const to = [...targets].map((key) => view.accounts.get(key) as Account)
  // What was bought may always go back to where it was bought.
  const goesBack = to.every(({ kind }) => kind === 'gateway')
  if (!goesBack && from.some(({ isFrozen }) => isFrozen)) return 'frozen_account'
  if (givesBonusAway(from, to, hold)) return 'bonus_not_transferable'
  if (hold !== undefined && sumOf(legs) > hold.amount) return 'hold_exceeded'
  return checkBalances(view, legs)
}

/** Bonus comes from the house alone, or back from what its owner put aside. */
function givesBonusAway(from: Account[], to: Account[], hold: Hold | undefined): boolean {
  if (from[0]?.currency !== 'bonus' || !from.some(({ kind }) => isBounded(kind))) return false
  return to.some(({ kind, key }) => kind === 'user' && key !== hold?.holderKey)
}

const isBounded = (kind: Account['kind']) => kind === 'user' || kind === 'escrow'

function checkBalances(view: LedgerView, legs: PlannedLeg[]): TransferRefusalCode | undefined {
  const after = new Map<string, number>()
  const move = (key: string, amount: number) => {
    after.set(key, (after.get(key) ?? view.accounts.get(key)?.balance ?? 0) + amount)
  }
  for (const { from, to, amount } of legs) {
    move(from, -amount)
    move(to, amount)
  }
  const balances = [...after]
  const isShort = ([key, balance]: [string, number]) =>
    balance < 0 && isBounded(view.accounts.get(key)?.kind ?? 'user')
  if (balances.some(isShort)) return 'insufficient_coins'
  const isOut = ([, balance]: [string, number]) => Math.abs(balance) > walletLimits.balanceMax
  return balances.some(isOut) ? 'balance_out_of_bounds' : undefined
}
