/** Makes terms of what somebody bought: each purchase of the ledger once, in its order. */
import type { Receipt } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { firstBonusAt, placeTerms, type Purchase, type Term } from './place-terms.ts'

/** What a purchase says of itself in the ledger. */
export interface OgDetails extends Record<string, number> {
  level: number
  days: number
  dailyBonus: number
}

/** In a transaction. True when something was bought that was no term yet. */
export async function settleTerms(sql: Sql, userId: string): Promise<boolean> {
  // One after the other, so that no two see the same terms.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`og:${userId}`}, 0))`
  const purchases = await purchasesOf(sql, userId)
  for (const { n, ...bought } of purchases) {
    const terms = placeTerms(await liveTerms(sql, userId, bought.at), bought)
    await write(sql, { userId, n, at: bought.at, transferId: bought.transferId }, terms)
  }
  return purchases.length > 0
}

type Numbered = Purchase & { n: number }

async function purchasesOf(sql: Sql, userId: string): Promise<Numbered[]> {
  const rows = await sql<{ id: string; details: OgDetails; receipt: Receipt }>`
    select t.id, t.details, t.receipt from ledger_transfers t
    where t.kind = 'og' and t.asked_by = ${userId}
      and not exists (select from og_terms o where o.transfer_id = t.id)`
  const purchases = rows.map(({ id: transferId, details, receipt: { at, balances } }) => {
    return { transferId, at, n: balances[0]?.n ?? 0, ...details }
  })
  return purchases.toSorted((one, other) => one.n - other.n)
}

interface Row {
  transfer_id: string
  level: number
  daily_bonus: string
  starts_at: string
  ends_at: string
}

/** In the order in which they hold. */
async function liveTerms(sql: Sql, userId: string, at: number): Promise<Term[]> {
  const rows = await sql<Row>`
    select transfer_id, level, daily_bonus,
      extract(epoch from starts_at) * 1000 as starts_at,
      extract(epoch from ends_at) * 1000 as ends_at
    from og_terms where user_id = ${userId} and ends_at > ${new Date(at)} and ends_at > starts_at
    order by starts_at`
  return rows.map((row) => ({
    transferId: row.transfer_id,
    level: row.level,
    dailyBonus: Number(row.daily_bonus),
    startsAt: Math.round(Number(row.starts_at)),
    endsAt: Math.round(Number(row.ends_at)),
  }))
}

interface Writing {
  userId: string
  n: number
  at: number
  transferId: string
}

/** Those that begin later than before had no bonus yet; of those that were cut nobody is told. */
async function write(sql: Sql, { userId, n, at, transferId }: Writing, terms: readonly Term[]) {
  const date = (ms: number) => new Date(ms)
  await sql`
    insert into og_terms as o (transfer_id, user_id, n, level, daily_bonus, starts_at, ends_at,
      next_bonus_at)
    select id, ${userId}, ${n}, level, daily_bonus, starts_at, ends_at, next_bonus_at from unnest(
      ${terms.map((term) => term.transferId)}::uuid[],
      ${terms.map(({ level }) => level)}::smallint[],
      ${terms.map(({ dailyBonus }) => dailyBonus)}::bigint[],
      ${terms.map(({ startsAt }) => date(startsAt))}::timestamptz[],
      ${terms.map(({ endsAt }) => date(endsAt))}::timestamptz[],
      ${terms.map(({ startsAt }) => date(firstBonusAt(startsAt)))}::timestamptz[]
    ) as t (id, level, daily_bonus, starts_at, ends_at, next_bonus_at)
    on conflict (transfer_id) do update set
      starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      next_bonus_at = case when o.starts_at = excluded.starts_at then o.next_bonus_at
        else excluded.next_bonus_at end,
      told_at = case when excluded.ends_at < o.ends_at then ${date(at)} else o.told_at end
    where o.transfer_id <> ${transferId}::uuid`
}
