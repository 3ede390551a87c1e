/** Ids of accounts by their keys. They never change, so what was found is remembered. */
import type { Sql } from '../platform/database.ts'
import { ledgerLimits } from './limits.ts'

/** Opens accounts that are missing; a key without an id has nobody behind it. */
export type AccountIds = (keys: ReadonlySet<string>, at: number) => Promise<Map<string, string>>

export function accountIds(sql: Sql): AccountIds {
  const known = new Map<string, string>()
  return async (keys, at) => {
    const missing = [...keys].filter((key) => !known.has(key) && !key.startsWith('user::'))
    const fresh = missing.length > 0 ? await openAccounts(sql, missing, at) : []
    const ids = new Map(fresh)
    for (const key of keys) {
      const id = known.get(key)
      if (id !== undefined) ids.set(key, id)
    }
    if (known.size + fresh.length > ledgerLimits.accountIdsMax) known.clear()
    for (const [key, id] of fresh) known.set(key, id)
    return ids
  }
}

async function openAccounts(sql: Sql, keys: string[], at: number): Promise<[string, string][]> {
  const parts = keys.toSorted().map((key) => key.split(':'))
  const [kinds, owners, of] = [0, 1, 2].map((index) => parts.map((part) => part[index]))
  await sql`
    insert into ledger_accounts (kind, owner, currency, opened_at)
    select kind, owner, currency, ${new Date(at)}::timestamptz
    from unnest(${kinds}::text[], ${owners}::text[], ${of}::text[]) as asked (kind, owner, currency)
    where kind <> 'user' or exists (
      select from users u
      where u.id = case when asked.kind = 'user' then asked.owner::uuid end
        and u.kind = 'account')
    on conflict do nothing`
  // Another statement, so that what was opened meanwhile is seen, too.
  const rows = await sql<{ id: string; key: string }>`
    select a.id, concat_ws(':', kind, owner, currency) as key
    from unnest(${kinds}::text[], ${owners}::text[], ${of}::text[]) as asked (kind, owner, currency)
    join ledger_accounts a using (kind, owner, currency)`
  return rows.map(({ id, key }) => [key, id])
}
