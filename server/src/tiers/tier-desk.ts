/** Sells tiers over the ledger, and says who has which: what is true at the moment of asking. */
import { type HouseTier, type OwnTier, tierLimits } from '@odeon/rooms'
import type { Ledger, Receipt, TransferAsk } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type OgDetails, settleTerms } from './settle-terms.ts'

export interface TierDeskDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  ledger: Ledger
  kinds: readonly HouseTier[]
  now: () => number
  /** Whoever shows the tier of this person looks again. */
  changed: (userIds: readonly string[]) => void
}

export interface TierAsk {
  userId: string
  level: number
  /** Made by who asks; the same buys once. */
  requestId: string
}

export interface Bought {
  tier: OwnTier
  balanceCoins: number
}

export type TierRefusalCode =
  | 'no_such_tier'
  | 'higher_tier_held'
  | 'too_far_ahead'
  | 'insufficient_coins'
  | 'wallet_frozen'
  | 'request_reused'
  | 'ledger_busy'

export interface TierDesk {
  readonly kinds: readonly HouseTier[]
  of(userId: string): Promise<OwnTier>
  /** Rejects when it is not known whether coins moved: the same id asked again tells. */
  buy(ask: TierAsk): Promise<Bought | Refused<TierRefusalCode>>
}

const refusals: Partial<Record<string, TierRefusalCode>> = {
  insufficient_coins: 'insufficient_coins',
  frozen_account: 'wallet_frozen',
  id_reused: 'request_reused',
  ledger_busy: 'ledger_busy',
}
const busyForMs = 1_000
const dayMs = 86_400_000

export function tierDesk(deps: TierDeskDeps): TierDesk {
  const { database, ledger, kinds, now, changed } = deps
  const { sql, transaction } = database

  const settle = async (userId: string, receipt: Receipt): Promise<Bought> => {
    const isNew = await transaction((tx) => settleTerms(tx, userId))
    if (isNew) changed([userId])
    const balanceCoins = receipt.balances[0]?.balance ?? 0
    return { tier: await tierOf(sql, userId, now()), balanceCoins }
  }

  return {
    kinds,
    of: (userId) => tierOf(sql, userId, now()),

    async buy({ userId, level, requestId }) {
      const before = await boughtBefore(sql, userId, requestId)
      // What was asked first is what counts, whatever it costs by now.
      if (before?.details.level === level) return settle(userId, before.receipt)
      const kind = kinds.find((one) => one.level === level)
      if (kind === undefined) return new Refused('no_such_tier')
      const barred = barredBy(await tierOf(sql, userId, now()), kind, now())
      if (before === undefined && barred !== undefined) return new Refused(barred)
      const outcome = await ledger.transfer(transferOf(userId, requestId, kind))
      if ('receipt' in outcome) return settle(userId, outcome.receipt)
      const refused = refusals[outcome.refused]
      // Nobody knows yet: the buyer asks again with the same id.
      if (refused === undefined) throw new Error(`the ledger said ${outcome.refused}`)
      return new Refused(refused, refused === 'ledger_busy' ? { retryAfterMs: busyForMs } : {})
    },
  }
}

export async function tierOf(sql: Sql, userId: string, at: number): Promise<OwnTier> {
  const [row] = await sql<{ level: number; until: string }>`
    select level, extract(epoch from until) * 1000 as until
    from og_tier_at(${userId}::uuid, ${new Date(at)}::timestamptz)`
  return row === undefined
    ? { level: 0, until: null }
    : { level: row.level, until: Math.round(Number(row.until)) }
}

function barredBy(held: OwnTier, kind: HouseTier, at: number): TierRefusalCode | undefined {
  if (held.level > kind.level) return 'higher_tier_held'
  if (held.level < kind.level || held.until === null) return undefined
  const until = held.until + kind.days * dayMs
  return until > at + tierLimits.aheadDaysMax * dayMs ? 'too_far_ahead' : undefined
}

function transferOf(userId: string, id: string, kind: HouseTier): TransferAsk {
  const { level, days, dailyBonus, priceCoins: amount } = kind
  const from = { kind: 'user', userId, currency: 'coin' } as const
  const to = { kind: 'platform', currency: 'coin' } as const
  const details: OgDetails = { level, days, dailyBonus }
  return {
    id,
    by: userId,
    kind: 'og',
    movement: { do: 'post', legs: [{ from, to, amount }] },
    details,
  }
}

async function boughtBefore(sql: Sql, userId: string, requestId: string) {
  const [row] = await sql<{ details: OgDetails; receipt: Receipt }>`
    select details, receipt from ledger_transfers
    where kind = 'og' and asked_by = ${userId} and ask_id = ${requestId}`
  return row
}
