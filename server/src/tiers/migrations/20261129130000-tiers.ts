/** Terms of tiers: one for each purchase of the ledger, and what holds at a moment. */
import { Migration } from '@mikro-orm/migrations'

export class Tiers20261129130000 extends Migration {
  override up(): void {
    this.addSql(`
      create table og_terms (
        transfer_id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        n bigint not null,
        level smallint not null,
        daily_bonus bigint not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null check (ends_at >= starts_at),
        next_bonus_at timestamptz not null,
        told_at timestamptz
      )`)
    this.addSql('create index og_terms_of_user on og_terms (user_id, ends_at)')
    this.addSql(`
      create index og_terms_bonus_due on og_terms (next_bonus_at, transfer_id)
      where next_bonus_at <= ends_at and daily_bonus > 0`)
    this.addSql('create index og_terms_untold on og_terms (ends_at) where told_at is null')
    this.addSql(`
      create index ledger_transfers_of_og on ledger_transfers (asked_by, ask_id)
      where kind = 'og'`)
    this.addSql(`
      create function og_tier_at(who uuid, moment timestamptz)
      returns table (level smallint, until timestamptz) language sql stable as $$
        select held.level,
          (select max(same.ends_at) from og_terms same
            where same.user_id = who and same.level = held.level)
        from og_terms held
        where held.user_id = who and held.starts_at <= moment and held.ends_at > moment
      $$`)
  }

  override down(): void {
    this.addSql('drop function og_tier_at')
    this.addSql('drop index ledger_transfers_of_og')
    this.addSql('drop table og_terms')
  }
}
