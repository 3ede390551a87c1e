/** Sanctions, flags, appeals, the crew of channels, and a record of actions nobody can change. */
import { Migration } from '@mikro-orm/migrations'

export class Moderation20261122001000 extends Migration {
  override up(): void {
    for (const table of ['channel_moderators', 'channel_vips']) this.#crew(table)
    this.#actions()
    this.#sanctions()
    this.#flags()
    this.addSql(`
      create table removed_lines (
        action_id uuid not null,
        room_id text not null,
        seq bigint not null,
        entry jsonb not null,
        removed_at timestamptz not null,
        primary key (action_id, room_id, seq)
      )`)
    this.addSql('create index removed_lines_at on removed_lines (removed_at)')
    // Lines of a stream are looked for by their id when somebody reports or removes one.
    this.addSql(`
      create index log_entries_line on log_entries (room_id, (entry ->> 'id'))
      where type = 'chat.posted'`)
  }

  #crew(table: string): void {
    this.addSql(`
      create table ${table} (
        channel_id uuid not null references channels (id) on delete cascade,
        user_id uuid not null references users (id) on delete cascade,
        granted_by uuid null references users (id) on delete set null,
        granted_at timestamptz not null,
        primary key (channel_id, user_id)
      )`)
    this.addSql(`create index ${table}_user on ${table} (user_id)`)
  }

  /** No references: the record outlives whom and what it tells of. */
  #actions(): void {
    this.addSql(`
      create table moderation_actions (
        id uuid primary key,
        at timestamptz not null,
        kind text not null,
        channel_id uuid null,
        stream_id uuid null,
        by_id uuid null,
        by_name text not null,
        by_role text not null
          check (by_role in ('viewer', 'moderator', 'host', 'staff', 'admin', 'house')),
        target_id uuid null,
        target_name text null,
        reason text null,
        sanction_id uuid null,
        undoes uuid null unique,
        undo_until timestamptz null,
        lines jsonb not null default '[]',
        details jsonb not null default '{}'
      )`)
    this.addSql('create index moderation_actions_channel on moderation_actions (channel_id, id)')
    this.addSql('create index moderation_actions_by on moderation_actions (by_id, id)')
    this.addSql('create index moderation_actions_target on moderation_actions (target_id, id)')
    this.addSql(`
      create function keep_moderation_actions() returns trigger language plpgsql as $$
      begin
        raise exception 'moderation_actions can only be added to';
      end $$`)
    this.addSql(`
      create trigger moderation_actions_stay before update or delete or truncate
      on moderation_actions for each statement execute function keep_moderation_actions()`)
  }

  #sanctions(): void {
    this.addSql(`
      create table sanctions (
        id uuid primary key,
        channel_id uuid null references channels (id) on delete cascade,
        stream_id uuid null references streams (id) on delete set null,
        user_id uuid not null references users (id) on delete cascade,
        kind text not null check (kind in ('timeout', 'ban')),
        until timestamptz null,
        reason text null,
        by_id uuid null references users (id) on delete set null,
        by_role text not null check (by_role in ('host', 'moderator', 'staff', 'house')),
        list_entry_id uuid null,
        created_at timestamptz not null,
        lifted_at timestamptz null,
        lifted_by uuid null references users (id) on delete set null,
        replaced_by uuid null,
        constraint sanctions_list_needs_channel
          check (list_entry_id is null or channel_id is not null)
      )`)
    // Whatever races: one decision stands against a person in a channel, and one of each list.
    this.addSql(`
      create unique index sanctions_one_stands on sanctions (user_id, channel_id, list_entry_id)
      nulls not distinct where lifted_at is null`)
    this.addSql('create index sanctions_channel on sanctions (channel_id, id)')
    this.addSql('create index sanctions_user on sanctions (user_id, id)')
    this.addSql('create index sanctions_list on sanctions (list_entry_id)')
    this.addSql(`
      create table appeals (
        id uuid primary key,
        sanction_id uuid not null unique references sanctions (id) on delete cascade,
        user_id uuid not null references users (id) on delete cascade,
        text text not null,
        created_at timestamptz not null,
        status text not null default 'open' check (status in ('open', 'upheld', 'lifted')),
        decided_by uuid null references users (id) on delete set null,
        decided_at timestamptz null,
        note text null
      )`)
    this.addSql('create index appeals_status on appeals (status, id)')
  }

  #flags(): void {
    this.addSql(`
      create table flags (
        id uuid primary key,
        created_at timestamptz not null,
        reporter_id uuid null references users (id) on delete set null,
        is_automatic boolean not null,
        type text not null check (type in ('user', 'stream', 'message', 'content')),
        target_id text not null,
        subject_id uuid null references users (id) on delete cascade,
        channel_id uuid null references channels (id) on delete cascade,
        stream_id uuid null references streams (id) on delete cascade,
        reason text not null,
        text text null,
        excerpt text null,
        score real null check (score between 0 and 1),
        action text not null default 'none'
          check (action in ('warn', 'blur', 'ban', 'delete', 'none')),
        measure text null,
        status text not null default 'pending'
          check (status in ('pending', 'reviewed', 'resolved')),
        sanction_id uuid null references sanctions (id) on delete set null,
        action_id uuid null,
        decided_by uuid null references users (id) on delete set null,
        decided_at timestamptz null,
        note text null
      )`)
    this.addSql(`
      create unique index flags_one_each on flags (reporter_id, type, target_id)
      where reporter_id is not null`)
    this.addSql(`
      create unique index flags_one_automatic on flags (type, target_id) where is_automatic`)
    this.addSql('create index flags_status on flags (status, id)')
    this.addSql('create index flags_channel on flags (channel_id, status, id)')
    this.addSql('create index flags_target on flags (type, target_id)')
    this.addSql('create index flags_subject on flags (subject_id)')
  }

  override down(): void {
    this.addSql('drop index log_entries_line')
    const tables = ['removed_lines', 'flags', 'appeals', 'sanctions', 'moderation_actions']
    for (const table of [...tables, 'channel_vips', 'channel_moderators']) {
      this.addSql(`drop table ${table}`)
    }
    this.addSql('drop function keep_moderation_actions')
  }
}
