/** Payments for coins: what was begun, what gateways said of it. Coins are in the ledger alone. */
import { Migration } from '@mikro-orm/migrations'

const payments = `
  create table payments (
    id uuid primary key,
    user_id uuid not null,
    request_id text not null,
    pack_id text not null,
    coins bigint not null check (coins > 0),
    gateway text not null,
    currency text not null check (currency in ('NPR', 'USD')),
    amount bigint not null check (amount > 0),
    state text not null default 'pending' check (
      state in ('pending', 'paid', 'refunded', 'charged_back', 'failed', 'expired')),
    ref text,
    way jsonb,
    at timestamptz not null,
    expires_at timestamptz not null,
    is_paid boolean not null default false,
    transaction_id text,
    refunded bigint not null default 0 check (refunded between 0 and amount),
    trouble text,
    coins_owed bigint not null default 0 check (coins_owed between 0 and coins),
    looks integer not null default 0,
    looked_at timestamptz not null,
    look_at timestamptz,
    unique (user_id, request_id),
    unique (gateway, ref)
  )`

export class Payments20261129130000 extends Migration {
  override up(): void {
    this.addSql(payments)
    this.addSql('create index payments_of_person on payments (user_id, at desc, id desc)')
    this.addSql('create index payments_due on payments (look_at) where look_at is not null')
    this.addSql('create index payments_owed on payments (user_id) where coins_owed > 0')
    // What was paid once pays for one payment, whoever names it.
    this.addSql(`
      create unique index payments_transaction on payments (gateway, transaction_id)
      where transaction_id is not null`)
    this.addSql(`
      create table payment_disputes (
        id text primary key,
        payment_id uuid not null references payments (id),
        amount bigint not null check (amount >= 0),
        outcome text not null check (outcome in ('open', 'won', 'lost'))
      )`)
    this.addSql('create index payment_disputes_of on payment_disputes (payment_id)')
    this.addSql(`
      create table payment_events (
        gateway text not null,
        id text not null,
        kind text not null,
        payment_id uuid,
        at timestamptz not null,
        primary key (gateway, id)
      )`)
    this.addSql(`
      create table sandbox_charges (
        payment_id uuid primary key references payments (id),
        outcome text not null check (outcome in ('paid', 'declined')),
        refunded bigint not null default 0
      )`)
  }

  override down(): void {
    for (const table of ['sandbox_charges', 'payment_events', 'payment_disputes', 'payments']) {
      this.addSql(`drop table ${table}`)
    }
  }
}
