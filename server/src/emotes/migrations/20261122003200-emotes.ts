/** Emotes of channels: a code that is one of a kind in its channel, and a picture. */
import { Migration } from '@mikro-orm/migrations'

export class Emotes20261122003200 extends Migration {
  override up(): void {
    this.addSql(`
      create table emotes (
        channel_id uuid not null references channels (id) on delete cascade,
        code text not null check (code ~ '^[a-z0-9_]{2,24}$'),
        media_id text not null references media (id),
        is_animated boolean not null,
        created_at timestamptz not null,
        primary key (channel_id, code)
      )`)
    this.addSql('create index emotes_media on emotes (media_id)')
  }

  override down(): void {
    this.addSql('drop table emotes')
  }
}
