/** Recomputes everything the ledger says of itself, from its postings, and names what differs. */
import type { Sql } from '../platform/database.ts'

export interface LedgerReport {
  /** Of each currency: accounts, and what they sum to. */
  sums: { currency: string; accounts: number; sum: string; moved: string }[]
  transfers: number
  postings: number
  openHolds: number
  /** Events that were not handed on yet; a server that runs does. */
  waiting: number
  /** The first rows that differ, of each kind of fault. */
  faults: string[]
}

const shownMax = 20

type Check = (sql: Sql) => Promise<{ row: string }[]>

/** Each finds rows that differ; `row` names one. */
const checks: Record<string, Check> = {
  'an account is not the sum of its postings': (sql) => sql`
    select concat_ws(':', kind, owner, currency) || ' has ' || a.balance || ' in ' || a.entries
      || ' postings, these sum to ' || coalesce(p.total, 0) || ' in ' || coalesce(p.count, 0) as row
    from ledger_accounts a left join (
      select account_id, sum(amount) as total, count(*) as count, max(n) as last,
        sum(amount) filter (where sort = 'earned') as earned,
        -sum(amount) filter (where sort in ('spent', 'returned')) as spent
      from ledger_postings group by 1) p on p.account_id = a.id
    where (a.balance, a.entries, a.entries, a.earned, a.spent) is distinct from
      (coalesce(p.total, 0), coalesce(p.count, 0), coalesce(p.last, 0), coalesce(p.earned, 0),
        coalesce(p.spent, 0))
    limit ${shownMax}`,
  'a balance does not follow from the one before': (sql) => sql`
    select 'posting ' || n || ' of account ' || account_id || ' leaves ' || balance || ', not '
      || before + amount as row
    from (select *, lag(balance, 1, 0::bigint) over (partition by account_id order by n) as before
      from ledger_postings) p
    where before + amount <> balance limit ${shownMax}`,
  'a balance is below zero': (sql) => sql`
    select concat_ws(':', kind, owner, currency) || ' has ' || balance as row from ledger_accounts
    where balance < 0 and kind in ('user', 'escrow') limit ${shownMax}`,
  'a transfer is not balanced': (sql) => sql`
    select 'transfer ' || t.id || ' moves ' || t.amount || ', its postings '
      || coalesce(p.moved, 0) || ' and sum to ' || coalesce(p.total, 0) as row
    from ledger_transfers t left join (
      select transfer_id, sum(amount) as total, sum(amount) filter (where amount > 0) as moved
      from ledger_postings group by 1) p on p.transfer_id = t.id
    where p.total is distinct from 0 or p.moved is distinct from t.amount limit ${shownMax}`,
  'a posting belongs to no transfer of its currency': (sql) => sql`
    select 'posting ' || n || ' of account ' || account_id as row
    from ledger_postings p join ledger_accounts a on a.id = p.account_id
    left join ledger_transfers t on t.id = p.transfer_id
    where t.currency is distinct from a.currency limit ${shownMax}`,
  'a sum of a stream is not that of its transfers': (sql) => sql`
    with counted as (
      select stream_id, k.of, k.about, count(*) as transfers, sum(amount) as coins,
        sum(coalesce(units, 0)) as units, max(stream_n) as last_n
      from ledger_transfers, lateral (values ('stream', stream_id), ('supporter', supporter_id),
        ('combo', combo_id)) as k (of, about)
      where stream_id is not null and k.about is not null group by 1, 2, 3)
    select of || ' ' || about || ' of stream ' || stream_id || ' has ' || coalesce(s.coins, 0)
      || ' coins, its transfers ' || coalesce(c.coins, 0) as row
    from stream_tallies s full join counted c using (stream_id, of, about)
    where (s.transfers, s.coins, s.units, s.last_n) is distinct from
      (c.transfers, c.coins, c.units, c.last_n) or (of = 'stream' and c.transfers <> c.last_n)
    limit ${shownMax}`,
  'a receipt does not tell the sums of its moment': (sql) => sql`
    select 'transfer ' || id || ', number ' || stream_n || ' of stream ' || stream_id as row
    from (
      select id, stream_id, stream_n, receipt -> 'stream' as told, jsonb_build_object(
        'n', row_number() over stream,
        'coins', sum(amount) over stream,
        'supporterCoins', sum(amount) over supporter,
        'comboUnits', case when combo_id is null then 0 else sum(units) over combo end) as counted
      from ledger_transfers where stream_id is not null
      window stream as (partition by stream_id order by stream_n),
        supporter as (partition by stream_id, supporter_id order by stream_n),
        combo as (partition by stream_id, combo_id order by stream_n)) t
    where told is distinct from counted limit ${shownMax}`,
  'what is held is not what is open': (sql) => sql`
    select coalesce(t.id, o.id)::text || case when o.id is null then ' is open and not listed'
      else ' is listed and not open' end as row
    from (select id from ledger_transfers h where hold is not null and not exists (
      select from ledger_transfers r where r.resolves_id = h.id)) t
    full join ledger_open_holds o on o.id = t.id
    where t.id is null or o.id is null limit ${shownMax}`,
  'an escrow account does not have what it holds': (sql) => sql`
    select a.kind || ':' || a.owner || ':' || a.currency || ' has ' || a.balance || ', holds '
      || coalesce(h.held, 0) as row
    from ledger_accounts a left join (
      select hold ->> 'escrowKey' as key, sum(amount) as held
      from ledger_transfers t join ledger_open_holds o using (id) group by 1) h
      on h.key = concat_ws(':', a.kind, a.owner, a.currency)
    where a.kind = 'escrow' and a.balance <> coalesce(h.held, 0) limit ${shownMax}`,
  'an event is of no transfer': (sql) => sql`
    select 'event ' || seq || ' of ' || transfer_id as row from ledger_outbox o
    where not exists (select from ledger_transfers t where t.id = o.transfer_id)
    limit ${shownMax}`,
}

/** As it is at one moment, also while others post. */
export async function verifyLedger(
  transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
): Promise<LedgerReport> {
  return await transaction(async (sql) => {
    await sql`set transaction isolation level repeatable read, read only`
    const sums = await sql<{ currency: string; accounts: string; sum: string; moved: string }>`
      select currency, count(*) as accounts, sum(balance) as sum,
        (select coalesce(sum(amount), 0) from ledger_transfers t
          where t.currency = a.currency) as moved
      from ledger_accounts a group by currency order by currency`
    const faults = sums
      .filter(({ sum }) => sum !== '0')
      .map(({ currency, sum }) => `all accounts of ${currency} sum to ${sum}, not 0`)
    for (const [name, check] of Object.entries(checks)) {
      for (const { row } of await check(sql)) faults.push(`${name}: ${row}`)
    }
    const [counts] = await sql<Record<'transfers' | 'postings' | 'holds' | 'waiting', string>>`
      select (select count(*) from ledger_transfers) as transfers,
        (select count(*) from ledger_postings) as postings,
        (select count(*) from ledger_open_holds) as holds,
        (select count(*) from ledger_outbox) as waiting`
    return {
      sums: sums.map((one) => ({ ...one, accounts: Number(one.accounts) })),
      transfers: Number(counts?.transfers),
      postings: Number(counts?.postings),
      openHolds: Number(counts?.holds),
      waiting: Number(counts?.waiting),
      faults,
    }
  })
}
