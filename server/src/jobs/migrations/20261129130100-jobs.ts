/**
 * The table as Agenda 6 wants it, made here: two processes that let Agenda make it at the same time
 * fail at each other.
 */
import { Migration } from '@mikro-orm/migrations'

export class Jobs20261129130100 extends Migration {
  override up(): void {
    this.addSql(`
      create table agenda_jobs (
        id uuid primary key default gen_random_uuid(),
        name varchar(255) not null,
        priority integer not null default 0,
        next_run_at timestamptz,
        type varchar(10) not null default 'normal' check (type in ('normal', 'single')),
        locked_at timestamptz,
        last_finished_at timestamptz,
        failed_at timestamptz,
        fail_count integer,
        fail_reason text,
        repeat_timezone varchar(100),
        last_run_at timestamptz,
        repeat_interval varchar(255),
        data jsonb default '{}',
        repeat_at varchar(255),
        disabled boolean default false,
        progress real,
        fork boolean default false,
        last_modified_by varchar(255),
        debounce_started_at timestamptz,
        start_date timestamptz,
        end_date timestamptz,
        skip_days jsonb,
        created_at timestamptz default now(),
        updated_at timestamptz default now()
      )`)
    this.addSql(`
      create unique index agenda_jobs_single on agenda_jobs (name) where type = 'single'`)
    this.addSql(`
      create index agenda_jobs_due on agenda_jobs (name, next_run_at, priority desc, locked_at)
      where disabled = false`)
  }

  override down(): void {
    this.addSql('drop table agenda_jobs')
  }
}
