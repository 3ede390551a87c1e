/** Films of streams: a row before there is a file, so that no file is ever without one. */
import { Migration } from '@mikro-orm/migrations'

export class Films20261129001000 extends Migration {
  override up(): void {
    // A channel that goes leaves its films behind for whoever takes the files away.
    this.addSql(`
      create table films (
        id uuid primary key,
        stream_id uuid null references streams (id) on delete set null,
        path text not null unique,
        segments text null,
        egress_id text null,
        made_at timestamptz not null,
        started_at timestamptz null,
        duration_ms float8 null,
        bytes float8 null,
        is_published boolean not null default false,
        removed_at timestamptz null,
        removed_by text null check (removed_by in ('age', 'person'))
      )`)
    this.addSql('create index films_stream on films (stream_id, made_at)')
    this.addSql('create index films_removed on films (removed_at) where removed_at is not null')
    this.addSql(`
      insert into films (id, stream_id, path, made_at, started_at, duration_ms, bytes)
      select gen_random_uuid(), o.stream_id, substring(f ->> 'path' from 'films/[^/]*$'),
        o.changed_at, s.started_at, (f ->> 'durationMs')::float8, (f ->> 'bytes')::float8
      from stream_outputs o join streams s on s.id = o.stream_id,
        jsonb_array_elements(o.files) f
      where substring(f ->> 'path' from 'films/[^/]*$') is not null`)
    this.addSql('alter table stream_outputs drop column files')
  }

  override down(): void {
    this.addSql("alter table stream_outputs add column files jsonb not null default '[]'")
    this.addSql('drop table films')
  }
}
