/** Gives gifts over the ledger: what rooms ask of the server. */
import { type GiftRefusalCode, shareGift } from '@odeon/rooms'
import type {
  GiftAsk,
  GiftDesk,
  GiftKind,
  GiftOutcome,
  GiftReceipt,
  Ledger,
  Receipt,
  TransferOutcome,
} from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { WalletReads } from '../wallet/wallet-reads.ts'
import { giftsAfter, givenSince } from './read-gifts.ts'

export interface GiftDeskDeps {
  sql: Sql
  ledger: Ledger
  reads: Pick<WalletReads, 'supporters' | 'streamTotal'>
  kinds: readonly GiftKind[]
  creatorShareBps: number
  /** Tier of the house that somebody has; 0 without one. */
  tierOf: (userId: string) => Promise<number>
}

const refusals: Partial<Record<string, GiftRefusalCode>> = {
  insufficient_coins: 'insufficient_coins',
  frozen_account: 'wallet_frozen',
  ledger_busy: 'ledger_busy',
}
const busyForMs = 1_000

export function giftDesk(deps: GiftDeskDeps): GiftDesk {
  const { sql, ledger, reads, kinds, creatorShareBps, tierOf } = deps
  const byId = new Map(kinds.map((kind) => [kind.id, kind]))
  return {
    find: (giftId) => byId.get(giftId),

    async send(ask) {
      const kind = byId.get(ask.giftId)
      if (kind === undefined) return { refused: 'unknown_gift' }
      if (kind.tierMin > 0 && (await tierOf(ask.from.id)) < kind.tierMin) {
        return { refused: 'tier_needed' }
      }
      const coins = kind.priceCoins * ask.quantity
      return outcomeOf(sql, ask, { coins, outcome: await ledger.transfer(transferOf(ask, coins)) })
    },

    async standing(streamId, supportersMax) {
      const [{ n, coins }, supporters] = await Promise.all([
        reads.streamTotal(streamId),
        reads.supporters(streamId, supportersMax),
      ])
      return { n, coins, supporters }
    },

    after: (streamId, n, limit) => giftsAfter(sql, { streamId, n, limit }),
    given: (streamId, range) => givenSince(sql, streamId, range),
  }

  function transferOf(
    { id, streamId, from, to, comboId, giftId, quantity, askedAt }: GiftAsk,
    coins: number,
  ) {
    const legs = shareGift({ from: from.id, to, coins, creatorShareBps })
    return {
      id,
      by: from.id,
      kind: 'gift',
      movement: { do: 'post' as const, legs },
      countedIn: { streamId, supporterId: from.id, combo: { id: comboId, units: quantity } },
      details: { giftId, quantity },
      notes: { name: from.name, askedAt },
    }
  }
}

async function outcomeOf(
  sql: Sql,
  ask: GiftAsk,
  { coins, outcome }: { coins: number; outcome: TransferOutcome },
): Promise<GiftOutcome> {
  if ('refused' in outcome) {
    const refused = refusals[outcome.refused]
    // Nobody knows yet: the sender asks again with the same id.
    if (refused === undefined) throw new Error(`the ledger said ${outcome.refused}`)
    return refused === 'ledger_busy' ? { refused, retryAfterMs: busyForMs } : { refused }
  }
  const { receipt, isReplayed } = outcome
  const given = isReplayed ? await giftNo(sql, ask.streamId, receipt) : undefined
  return {
    receipt: given ?? receiptOf(ask, coins, receipt),
    balanceCoins: balanceOf(receipt, ask.from.id),
  }
}

/** As it was written: its combo and name may be others than those asked for now. */
async function giftNo(sql: Sql, streamId: string, { stream }: Receipt) {
  const n = stream?.n ?? 0
  const [given] = await giftsAfter(sql, { streamId, n: n - 1, limit: 1 })
  return given
}

function receiptOf(ask: GiftAsk, coins: number, { id, at, stream }: Receipt): GiftReceipt {
  const { from, giftId, quantity, comboId, askedAt } = ask
  const { n = 0, coins: streamCoins = 0, supporterCoins = 0, comboUnits = 0 } = stream ?? {}
  const sums = { streamCoins, supporterCoins, comboUnits }
  return { id, n, at, askedAt, from, giftId, quantity, coins, comboId, ...sums }
}

const balanceOf = ({ balances }: Receipt, userId: string): number =>
  balances.find((one) => one.userId === userId && one.currency === 'coin')?.balance ?? 0
