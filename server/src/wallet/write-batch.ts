/** One transaction for many transfers: read and lock, decide, write all of it by two statements. */
import {
  decideTransfers,
  type LedgerWrites,
  type Prepared,
  resolvedBy,
  touchedBy,
} from '@odeon/rooms'
import type { TransferOutcome } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import type { AccountIds } from './account-ids.ts'
import { readHolds, readView } from './read-view.ts'

export interface BatchDeps {
  database: Pick<Database, 'prepared' | 'preparedTransaction'>
  accountIds: AccountIds
  now: () => number
  /** Which of the house's accounts this process uses. */
  stripe: number
}

export interface Written {
  outcomes: TransferOutcome[]
  writes: LedgerWrites
}

/** Rejects when it is not known whether it was written; nothing of it is then half there. */
export async function writeBatch(
  { database, accountIds, now, stripe }: BatchDeps,
  asked: readonly Prepared[],
): Promise<Written> {
  const holdIds = resolvedBy(asked)
  const holds = await readHolds(database.prepared, holdIds)
  const { accountKeys, ...touched } = touchedBy(asked, holds, stripe)
  const ids = await accountIds(accountKeys, now())
  return await database.preparedTransaction(async (sql) => {
    const view = await readView(sql, [...ids.values()], touched, holdIds)
    const decided = decideTransfers(view, asked, { at: now(), stripe })
    if (decided.writes.transfers.length > 0) await write(sql, decided.writes, ids)
    return decided
  })
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

async function write(sql: Sql, writes: LedgerWrites, ids: Map<string, string>): Promise<void> {
  await writeTransfers(sql, writes)
  await writeBalances(sql, writes, (key) => ids.get(key) as string)
}

async function writeTransfers(sql: Sql, { transfers }: LedgerWrites): Promise<void> {
  const resolved = transfers.flatMap(({ resolvesId }) => resolvesId ?? [])
  const holds = transfers.flatMap(({ id, hold }) => (hold === null ? [] : { ...hold, id }))
  await sql`
    with written as (
      insert into ledger_transfers (id, asked_by, ask_id, hash, kind, at, currency, amount,
        receipt, hold, resolves_id, stream_id, stream_n, supporter_id, combo_id, units,
        details, notes)
      select t.id, t.asked_by, t.ask_id, t.hash, t.kind,
        ${new Date(transfers[0]?.at ?? 0)}::timestamptz, t.currency, t.amount,
        t.receipt, t.hold, t.resolves_id, t.stream_id, t.stream_n, t.supporter_id, t.combo_id,
        t.units, t.details, t.notes
      from unnest(
        ${transfers.map(({ id }) => id)}::uuid[],
        ${transfers.map(({ by }) => by)}::text[],
        ${transfers.map(({ askId }) => askId)}::text[],
        ${transfers.map(({ hash }) => hash)}::text[],
        ${transfers.map(({ kind }) => kind)}::text[],
        ${transfers.map(({ currency }) => currency)}::text[],
        ${transfers.map(({ amount }) => amount)}::bigint[],
        ${transfers.map(({ receipt }) => json(receipt))}::jsonb[],
        ${transfers.map(({ hold }) => json(hold))}::jsonb[],
        ${transfers.map(({ resolvesId }) => resolvesId)}::uuid[],
        ${transfers.map(({ streamId }) => streamId)}::uuid[],
        ${transfers.map(({ streamN }) => streamN)}::bigint[],
        ${transfers.map(({ supporterId }) => supporterId)}::uuid[],
        ${transfers.map(({ comboId }) => comboId)}::uuid[],
        ${transfers.map(({ units }) => units)}::bigint[],
        ${transfers.map(({ details }) => json(details))}::jsonb[],
        ${transfers.map(({ notes }) => json(notes))}::jsonb[]
      ) as t (id, asked_by, ask_id, hash, kind, currency, amount, receipt, hold, resolves_id,
        stream_id, stream_n, supporter_id, combo_id, units, details, notes)
    ), told as (
      insert into ledger_outbox (transfer_id)
      select * from unnest(${transfers.map(({ id }) => id)}::uuid[])
    ), held as (
      insert into ledger_open_holds (id, expires_at)
      select * from unnest(
        ${holds.map(({ id }) => id)}::uuid[],
        ${holds.map(({ expiresAt }) => new Date(expiresAt))}::timestamptz[]) as h (id, expires_at)
      where not exists (select from unnest(${resolved}::uuid[]) r (id) where r.id = h.id)
    )
    delete from ledger_open_holds
    where id = any(${resolved}::uuid[])`
}

/** `idOf` an account's key. */
async function writeBalances(
  sql: Sql,
  writes: LedgerWrites,
  idOf: (key: string) => string,
): Promise<void> {
  const { postings } = writes
  const accounts = [...writes.accounts]
  const tallies = [...writes.tallies]
  const fresh = tallies.filter(({ isNew }) => isNew)
  const known = tallies.filter(({ isNew }) => !isNew)
  await sql`
    with posted as (
      insert into ledger_postings (account_id, n, transfer_id, amount, balance, sort,
        counterparty_id)
      select * from unnest(
        ${postings.map(({ accountKey }) => idOf(accountKey))}::bigint[],
        ${postings.map(({ n }) => n)}::bigint[],
        ${postings.map(({ transferId }) => transferId)}::uuid[],
        ${postings.map(({ amount }) => amount)}::bigint[],
        ${postings.map(({ balance }) => balance)}::bigint[],
        ${postings.map(({ sort }) => sort)}::text[],
        ${postings.map(({ counterpartyKey }) => idOf(counterpartyKey))}::bigint[])
    ), balanced as (
      update ledger_accounts a set balance = u.balance, entries = u.entries,
        earned = u.earned, spent = u.spent
      from unnest(
        ${accounts.map(({ key }) => idOf(key))}::bigint[],
        ${accounts.map(({ balance }) => balance)}::bigint[],
        ${accounts.map(({ entries }) => entries)}::bigint[],
        ${accounts.map(({ earned }) => earned)}::bigint[],
        ${accounts.map(({ spent }) => spent)}::bigint[]
      ) as u (id, balance, entries, earned, spent)
      where a.id = u.id
    ), begun as (
      insert into stream_tallies (stream_id, of, about, transfers, coins, units, last_n)
      select * from unnest(
        ${fresh.map(({ streamId }) => streamId)}::uuid[],
        ${fresh.map(({ of }) => of)}::text[],
        ${fresh.map(({ about }) => about)}::uuid[],
        ${fresh.map((one) => one.transfers)}::bigint[],
        ${fresh.map(({ coins }) => coins)}::bigint[],
        ${fresh.map(({ units }) => units)}::bigint[],
        ${fresh.map(({ lastN }) => lastN)}::bigint[])
    )
    update stream_tallies s set transfers = u.transfers, coins = u.coins, units = u.units,
      last_n = u.last_n
    from unnest(
      ${known.map(({ streamId }) => streamId)}::uuid[],
      ${known.map(({ of }) => of)}::text[],
      ${known.map(({ about }) => about)}::uuid[],
      ${known.map((one) => one.transfers)}::bigint[],
      ${known.map(({ coins }) => coins)}::bigint[],
      ${known.map(({ units }) => units)}::bigint[],
      ${known.map(({ lastN }) => lastN)}::bigint[]
    ) as u (stream_id, of, about, transfers, coins, units, last_n)
    where s.stream_id = u.stream_id and s.of = u.of and s.about = u.about`
}
