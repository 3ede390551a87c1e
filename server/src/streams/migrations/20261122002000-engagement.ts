/** Engagement of a stream, minute by minute, for its host. */
import { Migration } from '@mikro-orm/migrations'

export class Engagement20261122002000 extends Migration {
  override up(): void {
    this.addSql(`
      create table stream_engagement (
        stream_id uuid not null references streams (id) on delete cascade,
        minute int not null check (minute >= 0),
        covered_ms float8 not null,
        viewer_ms float8 not null,
        messages int not null,
        reactions int not null,
        joins int not null,
        primary key (stream_id, minute)
      )`)
  }

  override down(): void {
    this.addSql('drop table stream_engagement')
  }
}
