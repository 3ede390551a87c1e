/** Ban lists that channels share, and the outside reviewer a channel may have. */
import { Migration } from '@mikro-orm/migrations'

export class SharedLists20261122001100 extends Migration {
  override up(): void {
    this.addSql(`
      create table ban_lists (
        id uuid primary key,
        channel_id uuid not null references channels (id) on delete cascade,
        name text not null,
        about text not null default '',
        is_published boolean not null default false,
        created_at timestamptz not null
      )`)
    this.addSql('create index ban_lists_channel on ban_lists (channel_id)')
    this.addSql('create index ban_lists_published on ban_lists (id) where is_published')
    this.addSql(`
      create table ban_list_entries (
        id uuid primary key,
        list_id uuid not null references ban_lists (id) on delete cascade,
        user_id uuid not null references users (id) on delete cascade,
        source text not null,
        reason text null,
        expires_at timestamptz null,
        added_by uuid null references users (id) on delete set null,
        created_at timestamptz not null,
        revoked_at timestamptz null,
        revoked_by uuid null references users (id) on delete set null
      )`)
    this.addSql(`
      create unique index ban_list_entries_one_each on ban_list_entries (list_id, user_id)
      where revoked_at is null`)
    this.addSql('create index ban_list_entries_user on ban_list_entries (user_id)')
    this.addSql(`
      create table ban_list_subscriptions (
        list_id uuid not null references ban_lists (id) on delete cascade,
        channel_id uuid not null references channels (id) on delete cascade,
        mode text not null check (mode in ('mark', 'ban')),
        created_at timestamptz not null,
        primary key (channel_id, list_id)
      )`)
    this.addSql('create index ban_list_subscriptions_list on ban_list_subscriptions (list_id)')
    this.addSql(`
      alter table sanctions add constraint sanctions_list_entry
      foreign key (list_entry_id) references ban_list_entries (id) on delete set null`)
    this.addSql(`
      create table channel_reviewers (
        channel_id uuid primary key references channels (id) on delete cascade,
        url text not null,
        secret text not null,
        timeout_ms int not null,
        lets_through boolean not null,
        updated_at timestamptz not null
      )`)
  }

  override down(): void {
    this.addSql('drop table channel_reviewers')
    this.addSql('alter table sanctions drop constraint sanctions_list_entry')
    for (const table of ['ban_list_subscriptions', 'ban_list_entries', 'ban_lists']) {
      this.addSql(`drop table ${table}`)
    }
  }
}
