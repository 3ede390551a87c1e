/** Channels: one an owner, found by handle. */
import { Migration } from '@mikro-orm/migrations'

export class Channels20261121000100 extends Migration {
  override up(): void {
    this.addSql(`
      create table channels (
        id uuid primary key,
        owner_id uuid not null references users (id) on delete cascade,
        handle text not null check (handle = lower(handle)),
        name text not null,
        about text not null default '',
        avatar_url text null,
        banner_url text null,
        category text null,
        language text null,
        country text null,
        links jsonb not null default '[]',
        schedule jsonb not null default '[]',
        settings jsonb not null default '{}',
        streams int not null default 0,
        live_ms bigint not null default 0,
        viewers_peak int not null default 0,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint channels_owner_unique unique (owner_id),
        constraint channels_handle_unique unique (handle)
      )`)
  }

  override down(): void {
    this.addSql('drop table channels')
  }
}
