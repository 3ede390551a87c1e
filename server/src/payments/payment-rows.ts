/** Payments as rows: made, read, shown. What becomes of one is decided in record-facts.ts. */
import type { PaymentView, PayWay } from '@odeon/rooms'
import type { Sql } from '../platform/database.ts'
import type { PaymentRow } from './gateway.ts'

export interface StoredRow extends Pick<PaymentRow, 'id' | 'gateway' | 'currency' | 'state'> {
  user_id: string
  pack_id: string
  coins: string
  amount: string
  ref: string | null
  way: PayWay | null
  at_ms: string
  expires_ms: string
  is_paid: boolean
  refunded: string
  coins_owed: string
  is_short: boolean
  trouble: string | null
  looks: number
  looked_ms: string
  asked: number
  answered: number
  unpaid_ms: string | null
}

export function rowOf(stored: StoredRow): PaymentRow {
  const { id, gateway, currency, state, ref, way, trouble, looks, asked, answered, ...row } = stored
  return {
    id,
    userId: row.user_id,
    packId: row.pack_id,
    coins: Number(row.coins),
    gateway,
    currency,
    amount: Number(row.amount),
    state,
    ref,
    way,
    at: Math.round(Number(row.at_ms)),
    expiresAt: Math.round(Number(row.expires_ms)),
    isPaid: row.is_paid,
    refunded: Number(row.refunded),
    coinsOwed: Number(row.coins_owed),
    isShort: row.is_short,
    trouble,
    looks,
    lookedAt: Math.round(Number(row.looked_ms)),
    asked,
    answered,
    unpaidAt: row.unpaid_ms === null ? null : Math.round(Number(row.unpaid_ms)),
  }
}

export function viewOf(row: PaymentRow): PaymentView {
  const { id, packId, coins, gateway, currency, amount, state, at, expiresAt } = row
  const { refunded, coinsOwed, isPaid, trouble } = row
  const terms = { id, packId, coins, gateway, currency, amount }
  const needsLook = trouble !== null && !isPaid
  return { ...terms, state, at, expiresAt, refunded, coinsOwed, needsLook }
}

export interface PaymentRows {
  byId(id: string): Promise<PaymentRow | undefined>
  byRequest(userId: string, requestId: string): Promise<PaymentRow | undefined>
  /** By what the gateway calls the payment, or the money. */
  idOf(
    gateway: string,
    name: { ref: string } | { transaction: string },
  ): Promise<string | undefined>
  /** Coins that are still to go back, of all payments. */
  owedBy(userId: string): Promise<number>
  /** The same, of everybody. */
  owed(): Promise<{ coins: number; people: number }>
  /** Newest first; `before` is the id of the last one of the page before. */
  page(userId: string, before: string | undefined, limit: number): Promise<PaymentRow[]>
}

export function paymentRows(sql: Sql): PaymentRows {
  const first = (rows: StoredRow[]) => rows[0] && rowOf(rows[0])
  return {
    byId: async (id) =>
      first(
        await sql<StoredRow>`
          select *, extract(epoch from at) * 1000 as at_ms,
            extract(epoch from expires_at) * 1000 as expires_ms,
            extract(epoch from looked_at) * 1000 as looked_ms,
            extract(epoch from unpaid_at) * 1000 as unpaid_ms
          from payments where id = ${id}`,
      ),
    byRequest: async (userId, requestId) =>
      first(
        await sql<StoredRow>`
          select *, extract(epoch from at) * 1000 as at_ms,
            extract(epoch from expires_at) * 1000 as expires_ms,
            extract(epoch from looked_at) * 1000 as looked_ms,
            extract(epoch from unpaid_at) * 1000 as unpaid_ms
          from payments where user_id = ${userId} and request_id = ${requestId}`,
      ),
    async idOf(gateway, name) {
      const [ref, transaction] = 'ref' in name ? [name.ref, null] : [null, name.transaction]
      const [row] = await sql<{ id: string }>`
        select id from payments where gateway = ${gateway}
          and (ref = ${ref}::text or transaction_id = ${transaction}::text) limit 1`
      return row?.id
    },
    async owedBy(userId) {
      const [row] = await sql<{ owed: string | null }>`
        select sum(coins_owed) as owed from payments where user_id = ${userId} and coins_owed > 0`
      return Number(row?.owed ?? 0)
    },
    async owed() {
      const [row] = await sql<{ coins: string; people: string }>`
        select coalesce(sum(coins_owed), 0) as coins, count(distinct user_id) as people
        from payments where coins_owed > 0`
      return { coins: Number(row?.coins), people: Number(row?.people) }
    },
    async page(userId, before, limit) {
      const rows = await sql<StoredRow>`
        select *, extract(epoch from at) * 1000 as at_ms,
          extract(epoch from expires_at) * 1000 as expires_ms,
          extract(epoch from looked_at) * 1000 as looked_ms,
          extract(epoch from unpaid_at) * 1000 as unpaid_ms
        from payments where user_id = ${userId}
          and (${before === undefined}::boolean or (at, id) < (
            select at, id from payments where id = ${before ?? null}::uuid))
        order by at desc, id desc limit ${limit}`
      return rows.map(rowOf)
    },
  }
}
