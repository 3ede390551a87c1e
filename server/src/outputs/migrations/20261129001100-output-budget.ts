/** What ran for each channel and when, so that a day's minutes can be counted and bounded. */
import { Migration } from '@mikro-orm/migrations'

export class OutputBudget20261129001100 extends Migration {
  override up(): void {
    this.addSql(`
      create table output_runs (
        egress_id text primary key,
        channel_id uuid not null references channels (id) on delete cascade,
        stream_id uuid null references streams (id) on delete set null,
        began_at timestamptz not null,
        seen_at timestamptz not null,
        ended_at timestamptz null
      )`)
    this.addSql('create index output_runs_channel on output_runs (channel_id, seen_at)')
    this.addSql('create index output_runs_open on output_runs (stream_id) where ended_at is null')
    this.addSql('create index output_runs_seen on output_runs (seen_at)')
    // Why it is not begun though it is wanted; next_at then says when it may.
    this.addSql(`
      alter table stream_outputs add column refused text null
        check (refused in ('output_minutes_spent', 'films_full'))`)
  }

  override down(): void {
    this.addSql('alter table stream_outputs drop column refused')
    this.addSql('drop table output_runs')
  }
}
