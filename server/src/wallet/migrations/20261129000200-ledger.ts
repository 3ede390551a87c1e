/** The ledger: accounts, transfers and postings that are never changed, sums of streams. */
import { Migration } from '@mikro-orm/migrations'

const accounts = `
  create table ledger_accounts (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('user', 'platform', 'escrow', 'gateway', 'issuer')),
    owner text not null,
    currency text not null check (currency in ('coin', 'bonus', 'hours')),
    balance bigint not null default 0,
    entries bigint not null default 0,
    earned bigint not null default 0,
    spent bigint not null default 0,
    frozen_at timestamptz,
    opened_at timestamptz not null,
    constraint ledger_accounts_not_below_zero
      check (balance >= 0 or kind not in ('user', 'escrow')),
    unique (owner, currency, kind)
  ) with (fillfactor = 60)`

const transfers = `
  create table ledger_transfers (
    id uuid primary key,
    asked_by text not null,
    ask_id text not null,
    hash text not null,
    kind text not null,
    at timestamptz not null,
    currency text not null,
    amount bigint not null check (amount > 0),
    receipt jsonb not null,
    hold jsonb,
    resolves_id uuid unique references ledger_transfers (id),
    stream_id uuid,
    stream_n bigint,
    supporter_id uuid,
    combo_id uuid,
    units bigint,
    details jsonb,
    notes jsonb
  )`

const postings = `
  create table ledger_postings (
    account_id bigint not null references ledger_accounts (id),
    n bigint not null,
    transfer_id uuid not null,
    amount bigint not null check (amount <> 0),
    balance bigint not null,
    sort text not null check (sort in ('spent', 'earned', 'returned', 'added', 'house')),
    counterparty_id bigint not null,
    primary key (account_id, n)
  )`

const tallies = `
  create table stream_tallies (
    stream_id uuid not null,
    of text not null check (of in ('stream', 'supporter', 'combo')),
    about uuid not null,
    transfers bigint not null,
    coins bigint not null,
    units bigint not null,
    last_n bigint not null,
    primary key (stream_id, of, about)
  ) with (fillfactor = 60)`

const isFinal = `
  create function ledger_is_final() returns trigger language plpgsql as $$
  begin
    raise exception 'the ledger is never edited: post another transfer'
      using errcode = 'restrict_violation';
  end $$`

const isBalanced = `
  create function ledger_is_balanced() returns trigger language plpgsql as $$
  begin
    if exists (select from posted group by transfer_id having sum(amount) <> 0) then
      raise exception 'a transfer does not sum to zero' using errcode = 'check_violation';
    end if;
    return null;
  end $$`

export class Ledger20261129000200 extends Migration {
  override up(): void {
    for (const statement of [accounts, transfers, postings, tallies, isFinal, isBalanced]) {
      this.addSql(statement)
    }
    this.addSql(`
      create unique index ledger_transfers_of_stream on ledger_transfers (stream_id, stream_n)
      where stream_id is not null`)
    for (const table of ['ledger_transfers', 'ledger_postings']) {
      this.addSql(`
        create trigger ${table}_are_final before update or delete or truncate on ${table}
        for each statement execute function ledger_is_final()`)
    }
    this.addSql(`
      create trigger ledger_postings_are_balanced after insert on ledger_postings
      referencing new table as posted
      for each statement execute function ledger_is_balanced()`)
    this.addSql(
      'create table ledger_open_holds (id uuid primary key, expires_at timestamptz not null)',
    )
    this.addSql('create index ledger_open_holds_due on ledger_open_holds (expires_at)')
    this.addSql(`
      create table ledger_outbox (
        seq bigint generated always as identity primary key,
        transfer_id uuid not null unique
      )`)
  }

  override down(): void {
    for (const table of ['outbox', 'open_holds', 'postings', 'transfers', 'accounts']) {
      this.addSql(`drop table ledger_${table}`)
    }
    this.addSql('drop table stream_tallies')
    this.addSql('drop function ledger_is_final, ledger_is_balanced')
  }
}
