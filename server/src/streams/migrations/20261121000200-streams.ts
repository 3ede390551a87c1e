/** Streams: their phase is checked and at most one of a channel is live, whatever the code does. */
import { Migration } from '@mikro-orm/migrations'

export class Streams20261121000200 extends Migration {
  override up(): void {
    this.addSql(`
      create table streams (
        id uuid primary key,
        channel_id uuid not null references channels (id) on delete cascade,
        host_id uuid not null references users (id) on delete cascade,
        title text not null,
        category text null,
        language text null,
        phase text not null default 'pending',
        started_at timestamptz null,
        ended_at timestamptz null,
        numbers jsonb null,
        checkpointed_at timestamptz null,
        created_at timestamptz not null,
        constraint streams_phase_times check (
          (phase = 'pending' and started_at is null and ended_at is null)
          or (phase = 'live' and started_at is not null and ended_at is null)
          or (phase = 'ended' and started_at is not null and ended_at is not null))
      )`)
    this.addSql(
      `create unique index streams_one_live_a_channel on streams (channel_id) where phase = 'live'`,
    )
    this.addSql('create index streams_channel_id on streams (channel_id, id desc)')
    this.addSql('create index streams_phase on streams (phase, id desc)')
    this.addSql('create index streams_host_id on streams (host_id)')
  }

  override down(): void {
    this.addSql('drop table streams')
  }
}
