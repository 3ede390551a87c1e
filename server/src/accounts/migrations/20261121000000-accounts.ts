/** Users, their sign-ins, one-time admin claims, blocks. */
import { Migration } from '@mikro-orm/migrations'

export class Accounts20261121000000 extends Migration {
  override name = '20261121000000-accounts'

  override up(): void {
    this.addSql(`
      create table users (
        id uuid primary key,
        kind varchar(255) not null check (kind in ('account', 'guest')),
        username varchar(255) null check (username ~ '^[a-z0-9_]{3,20}$'),
        name varchar(255) not null,
        email varchar(255) null check (email = lower(email)),
        password_hash varchar(255) null,
        about varchar(255) not null default '',
        settings jsonb not null default '{}',
        platform_role varchar(255) not null default 'user'
          check (platform_role in ('user', 'moderator', 'admin')),
        suspended_at timestamptz null,
        created_at timestamptz not null,
        constraint users_username_unique unique (username),
        constraint users_email_unique unique (email),
        constraint users_account_has_username check (kind = 'guest' or username is not null),
        constraint users_guest_has_no_role check (kind = 'account' or platform_role = 'user')
      )`)
    this.addSql(`
      create table sessions (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        user_agent varchar(255) not null default '',
        created_at timestamptz not null,
        last_used_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz null,
        ended_because varchar(255) null
      )`)
    this.addSql('create index sessions_user_id_index on sessions (user_id)')
    this.addSql('create index sessions_expires_at_index on sessions (expires_at)')
    this.addSql(`
      create table refresh_tokens (
        hash varchar(255) primary key,
        session_id uuid not null references sessions (id) on delete cascade,
        issued_at timestamptz not null,
        used_at timestamptz null,
        sealed_successor varchar(255) null
      )`)
    this.addSql('create index refresh_tokens_session_id_index on refresh_tokens (session_id)')
    this.addSql(`
      create table admin_claims (
        hash varchar(255) primary key,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz null,
        used_by uuid null references users (id) on delete set null
      )`)
    this.addSql(`
      create table blocks (
        blocker_id uuid not null references users (id) on delete cascade,
        blocked_id uuid not null references users (id) on delete cascade,
        created_at timestamptz not null,
        primary key (blocker_id, blocked_id),
        constraint blocks_not_oneself check (blocker_id <> blocked_id)
      )`)
    this.addSql('create index blocks_blocked_id_index on blocks (blocked_id)')
  }

  override down(): void {
    for (const table of ['blocks', 'admin_claims', 'refresh_tokens', 'sessions', 'users']) {
      this.addSql(`drop table ${table}`)
    }
  }
}
