/** Accounts of people for tests of the ledger, and what is true of every ledger at rest. */
import { randomUUID } from 'node:crypto'
import type { Currency } from '@odeon/rooms'
import type { Sql } from '../../platform/database.ts'

/** Ids of so many new accounts. */
export async function newPeople(sql: Sql, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await sql`
    insert into users (id, kind, username, name, created_at)
    select id, 'account', 'u' || substr(replace(id::text, '-', ''), 1, 18), 'Somebody', now()
    from unnest(${ids}::uuid[]) id`
  return ids
}

export async function balanceOf(
  sql: Sql,
  userId: string,
  currency: Currency = 'coin',
): Promise<number> {
  const [row] = await sql<{ balance: string }>`
    select balance from ledger_accounts
    where kind = 'user' and owner = ${userId} and currency = ${currency}`
  return Number(row?.balance ?? 0)
}
