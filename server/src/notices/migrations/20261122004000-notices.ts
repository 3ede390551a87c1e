/** What people are told in the app, numbered for each of them. */
import { Migration } from '@mikro-orm/migrations'

export class Notices20261122004000 extends Migration {
  override up(): void {
    this.addSql(`
      create table notice_boxes (
        user_id uuid primary key references users (id) on delete cascade,
        head bigint not null
      )`)
    this.addSql(`
      create table notices (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        seq bigint not null,
        kind text not null,
        from_id uuid null,
        at timestamptz not null,
        read_at timestamptz null,
        facts jsonb not null,
        constraint notices_numbered unique (user_id, seq)
      )`)
    this.addSql('create index notices_unread on notices (user_id) where read_at is null')
    this.addSql('create index notices_at on notices (at)')
  }

  override down(): void {
    this.addSql('drop table notices')
    this.addSql('drop table notice_boxes')
  }
}
