/** Locks and reads what a batch of transfers is decided on: accounts first, in order of id. */
import {
  type Account,
  type Hold,
  type LedgerView,
  type Tally,
  tallyKey,
  type touchedBy,
} from '@odeon/rooms'
import type { Receipt } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

interface AccountRow extends Pick<Account, 'kind' | 'currency'> {
  id: string
  owner: string
  balance: string
  entries: string
  earned: string
  spent: string
  is_frozen: boolean
}

type Touched = Pick<ReturnType<typeof touchedBy>, 'transferIds' | 'tallies'>

/** All but the accounts is read behind their locks, so that it is not older than they are. */
export async function readView(
  sql: Sql,
  accountIds: readonly string[],
  { transferIds, tallies }: Touched,
  holdIds: readonly string[],
): Promise<LedgerView> {
  const accounts = await sql<AccountRow>`
    select id, kind, owner, currency, balance, entries, earned, spent,
      frozen_at is not null as is_frozen
    from ledger_accounts where id = any(${accountIds}::bigint[]) order by id for update`
  const known = await sql<{ id: string; hash: string; receipt: Receipt }>`
    select id, hash, receipt from ledger_transfers where id = any(${[...transferIds]}::uuid[])`
  return {
    accounts: new Map(accounts.map(accountOf).map((account) => [account.key, account])),
    transfers: new Map(known.map(({ id, hash, receipt }) => [id, { hash, receipt }])),
    holds: new Map((await readHolds(sql, holdIds)).map((hold) => [hold.id, hold])),
    tallies: tallies.size > 0 ? await readTallies(sql, [...tallies.values()]) : new Map(),
  }
}

function accountOf({ kind, owner, currency, is_frozen: isFrozen, ...row }: AccountRow): Account {
  return {
    key: `${kind}:${owner}:${currency}`,
    kind,
    userId: kind === 'user' ? owner : '',
    currency,
    isFrozen,
    balance: Number(row.balance),
    entries: Number(row.entries),
    earned: Number(row.earned),
    spent: Number(row.spent),
  }
}

/** What a hold says never changes; whether it is resolved does. */
export async function readHolds(sql: Sql, ids: readonly string[]): Promise<Hold[]> {
  if (ids.length === 0) return []
  const rows = await sql<{ id: string; hold: Omit<Hold, 'id'>; is_resolved: boolean }>`
    select id, hold, exists (
      select from ledger_transfers r where r.resolves_id = t.id) as is_resolved
    from ledger_transfers t where id = any(${ids}::uuid[]) and hold is not null`
  return rows.map(({ id, hold, is_resolved: isResolved }) => ({ ...hold, id, isResolved }))
}

async function readTallies(
  sql: Sql,
  wanted: Pick<Tally, 'streamId' | 'of' | 'about'>[],
): Promise<LedgerView['tallies']> {
  const rows = await sql<{
    stream_id: string
    of: Tally['of']
    about: string
    transfers: string
    coins: string
    units: string
    last_n: string
  }>`
    select t.* from stream_tallies t
    join unnest(
      ${wanted.map(({ streamId }) => streamId)}::uuid[],
      ${wanted.map(({ of }) => of)}::text[],
      ${wanted.map(({ about }) => about)}::uuid[]
    ) as asked (stream_id, of, about) using (stream_id, of, about)
    order by stream_id, of, about for update of t`
  return new Map(
    rows.map(({ stream_id: streamId, of, about, ...row }) => {
      const tally = {
        streamId,
        of,
        about,
        isNew: false,
        transfers: Number(row.transfers),
        coins: Number(row.coins),
        units: Number(row.units),
        lastN: Number(row.last_n),
      }
      return [tallyKey(tally), tally]
    }),
  )
}
