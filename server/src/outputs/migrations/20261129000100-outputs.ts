/** Where streams are sent on to, under sealed keys, and how each output of a stream went. */
import { Migration } from '@mikro-orm/migrations'

export class Outputs20261129000100 extends Migration {
  override up(): void {
    this.addSql(`
      create table destinations (
        id uuid primary key,
        channel_id uuid not null references channels (id) on delete cascade,
        name text not null,
        address text not null,
        sealed_key bytea not null,
        key_end text not null,
        is_on boolean not null,
        made_at timestamptz not null
      )`)
    this.addSql('create index destinations_channel on destinations (channel_id, id)')
    this.addSql('alter table streams add column is_filmed boolean null')
    // The target is a destination, or the stream itself for its film.
    this.addSql(`
      create table stream_outputs (
        stream_id uuid not null references streams (id) on delete cascade,
        target uuid not null,
        kind text not null check (kind in ('film', 'destination')),
        state text not null check (state in ('starting', 'live', 'waiting', 'failed', 'ended')),
        egress_id text null,
        problem text not null default '',
        attempts int not null default 0,
        next_at timestamptz null,
        files jsonb not null default '[]',
        changed_at timestamptz not null,
        primary key (stream_id, target)
      )`)
    this.addSql(`
      create index stream_outputs_open on stream_outputs (stream_id)
      where state in ('starting', 'live', 'waiting')`)
  }

  override down(): void {
    this.addSql('drop table stream_outputs')
    this.addSql('alter table streams drop column is_filmed')
    this.addSql('drop table destinations')
  }
}
