/** Battles with their sides; a stream is in one open battle at most. */
import { Migration } from '@mikro-orm/migrations'

export class Battles20261129100000 extends Migration {
  override up(): void {
    this.addSql(`
      create table battles (
        id uuid primary key,
        invited_at timestamptz not null,
        record jsonb not null
      )`)
    this.addSql(`
      create table battle_sides (
        battle_id uuid not null references battles (id) on delete cascade,
        stream_id uuid not null,
        is_open boolean not null,
        reactions bigint not null default 0,
        primary key (battle_id, stream_id)
      )`)
    this.addSql('create unique index battle_sides_open on battle_sides (stream_id) where is_open')
    this.addSql('create index battle_sides_of_stream on battle_sides (stream_id, battle_id)')
  }

  override down(): void {
    this.addSql('drop table battle_sides')
    this.addSql('drop table battles')
  }
}
