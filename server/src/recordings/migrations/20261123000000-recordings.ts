/** What is recorded of rooms: their segments with all that is known without reading them. */
import { Migration } from '@mikro-orm/migrations'

export class Recordings20261123000000 extends Migration {
  override up(): void {
    this.addSql(`
      create table recordings (
        room_id text primary key,
        made_at timestamptz not null default now(),
        removed_at timestamptz null,
        removed_by text null check (removed_by in ('age', 'person'))
      )`)
    this.addSql(`
      create table recording_segments (
        room_id text not null references recordings on delete cascade,
        epoch int not null,
        n int not null,
        name text not null,
        started_at float8 not null,
        ended_at float8 not null,
        head_from bigint not null,
        head bigint not null,
        frames int not null,
        entries int not null,
        bytes int not null,
        pulse jsonb not null,
        quoted text[] not null,
        is_after_hole boolean not null,
        is_closed boolean not null,
        primary key (room_id, epoch, n)
      )`)
    this.addSql(`
      create index recordings_kept on recordings (made_at) where removed_at is null`)
  }

  override down(): void {
    this.addSql('drop table recording_segments')
    this.addSql('drop table recordings')
  }
}
