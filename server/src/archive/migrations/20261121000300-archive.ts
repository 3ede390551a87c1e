/** The kept log of rooms, and for each room its epoch and the numbers that epoch may give out. */
import { Migration } from '@mikro-orm/migrations'

export class Archive20261121000300 extends Migration {
  override up(): void {
    this.addSql(`
      create table log_entries (
        room_id text not null,
        seq bigint not null,
        epoch int not null,
        at timestamptz not null,
        type text not null,
        sender_id uuid null,
        entry jsonb not null,
        primary key (room_id, seq)
      )`)
    this.addSql(
      `create index log_entries_sender on log_entries (sender_id, at) where sender_id is not null`,
    )
    this.addSql(`
      create table room_epochs (
        room_id text primary key,
        epoch int not null,
        reserved_to bigint not null,
        opened_at timestamptz not null default now()
      )`)
  }

  override down(): void {
    this.addSql('drop table room_epochs')
    this.addSql('drop table log_entries')
  }
}
