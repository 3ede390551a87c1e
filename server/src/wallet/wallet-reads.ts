/** What people may read of the ledger: what they have, what moved it, who supports a stream. */
import { type Currency, currencies, type WalletView } from '@odeon/rooms'
import type { BalanceNow } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { ledgerLimits } from './limits.ts'

export interface StatementQuery {
  currency: Currency
  kind?: string | undefined
  /** `n` of the last line of the page before. */
  before?: number | undefined
  limit: number
}

export interface StatementLine {
  /** Number among the lines of this currency, from 1. */
  n: number
  id: string
  /** Unix ms. */
  at: number
  kind: string
  /** Below zero when it left. */
  amount: number
  balance: number
  /** Came back out of what was put aside. */
  isReturned: boolean
  /** The other person, if there is one whom the reader may see. */
  with: { id: string; name: string } | null
  gift: StatementGift | null
}

/** What a gift was, for who gave it and who got a share of it. */
export interface StatementGift {
  giftId: string
  quantity: number
  /** What it cost in all. */
  coins: number
  stream: { id: string; title: string }
}

export interface Supporter {
  id: string
  name: string
  coins: number
}

export interface WalletReads {
  view(userId: string): Promise<WalletView>
  balances(userId: string): Promise<BalanceNow[]>
  /** Newest first. */
  statement(
    userId: string,
    query: StatementQuery,
  ): Promise<{ lines: StatementLine[]; more: boolean; kinds: string[] }>
  /** Most first; of equals whoever got there first. */
  supporters(streamId: string, limit: number): Promise<Supporter[]>
  /** What was counted in a stream: how often, and how much. */
  streamTotal(streamId: string): Promise<{ n: number; coins: number }>
}

export function walletReads(sql: Sql): WalletReads {
  return {
    async view(userId) {
      const rows = await accountsOf(sql, userId)
      const of = (currency: Currency) => rows.find((row) => row.currency === currency)
      const [coin, bonus, hours] = currencies.map((currency) => Number(of(currency)?.balance ?? 0))
      const { earned = 0, spent = 0 } = of('coin') ?? {}
      const totals = { totalEarned: Number(earned), totalSpent: Number(spent) }
      return { coin: coin ?? 0, bonus: bonus ?? 0, hours: hours ?? 0, ...totals }
    },

    async balances(userId) {
      return (await accountsOf(sql, userId)).map(({ currency, balance, entries }) => {
        return { currency, balance: Number(balance), n: Number(entries) }
      })
    },

    statement: (userId, query) => readStatement(sql, userId, query),

    async supporters(streamId, limit) {
      const rows = await sql<{ id: string; name: string | null; coins: string }>`
        select t.about as id, u.name, coins
        from stream_tallies t left join users u on u.id = t.about
        where stream_id = ${streamId} and t.of = 'supporter'
        order by coins desc, last_n limit ${Math.min(limit, ledgerLimits.boardMax)}`
      return rows.map(({ id, name, coins }) => ({ id, name: name ?? '', coins: Number(coins) }))
    },

    async streamTotal(streamId) {
      const [row] = await sql<{ transfers: string; coins: string }>`
        select transfers, coins from stream_tallies
        where stream_id = ${streamId} and of = 'stream' and about = ${streamId}`
      return { n: Number(row?.transfers ?? 0), coins: Number(row?.coins ?? 0) }
    },
  }
}

interface OwnAccount {
  currency: Currency
  balance: string
  entries: string
  earned: string
  spent: string
}

const accountsOf = (sql: Sql, userId: string) => sql<OwnAccount>`
  select currency, balance, entries, earned, spent from ledger_accounts
  where owner = ${userId} and kind = 'user'`

interface LineRow {
  n: string
  id: string
  at: string
  kind: string
  amount: string
  balance: string
  sort: string
  with_id: string | null
  with_name: string | null
  stream_id: string | null
  stream_title: string | null
  details: { giftId?: string; quantity?: number } | null
  coins: string
}

/** Whoever blocked the reader is not named to them. */
async function readStatement(sql: Sql, userId: string, query: StatementQuery) {
  const { currency, kind = null, before = null, limit } = query
  const rows = await sql<LineRow>`
    select p.n, t.id, extract(epoch from t.at) * 1000 as at, t.kind, p.amount, p.balance,
      p.sort, u.id as with_id, u.name as with_name, t.stream_id, s.title as stream_title, t.details,
      t.amount as coins
    from ledger_accounts a
    join ledger_postings p on p.account_id = a.id
    join ledger_transfers t on t.id = p.transfer_id
    join ledger_accounts c on c.id = p.counterparty_id
    left join streams s on s.id = t.stream_id
    left join users u on c.kind = 'user' and u.id::text = c.owner and not exists (
      select from blocks b where b.blocker_id = u.id and b.blocked_id::text = a.owner)
    where a.owner = ${userId} and a.kind = 'user' and a.currency = ${currency}
      and (${before}::bigint is null or p.n < ${before}::bigint)
      and (${kind}::text is null or t.kind = ${kind}::text)
    order by p.n desc limit ${limit + 1}`
  const kinds = await sql<{ kind: string }>`
    select distinct t.kind from ledger_accounts a
    join ledger_postings p on p.account_id = a.id
    join ledger_transfers t on t.id = p.transfer_id
    where a.owner = ${userId} and a.kind = 'user' and a.currency = ${currency}
      and p.n > a.entries - 1000
    order by 1`
  return {
    lines: rows.slice(0, limit).map(lineOf),
    more: rows.length > limit,
    kinds: kinds.map((row) => row.kind),
  }
}

function lineOf({ id, kind, with_id: withId, with_name: name, ...row }: LineRow): StatementLine {
  const [n, amount, balance] = [Number(row.n), Number(row.amount), Number(row.balance)]
  const at = Math.round(Number(row.at))
  const other = withId === null ? null : { id: withId, name: name ?? '' }
  const isReturned = row.sort === 'returned'
  return { n, id, at, kind, amount, balance, isReturned, with: other, gift: giftOf(kind, row) }
}

function giftOf(kind: string, row: Omit<LineRow, 'id' | 'kind' | 'with_id' | 'with_name'>) {
  const { giftId, quantity } = row.details ?? {}
  if (kind !== 'gift' || giftId === undefined || quantity === undefined) return null
  if (row.stream_id === null) return null
  const stream = { id: row.stream_id, title: row.stream_title ?? '' }
  return { giftId, quantity, coins: Number(row.coins), stream }
}
