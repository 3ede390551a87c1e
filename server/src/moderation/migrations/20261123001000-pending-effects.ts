/** What decisions leave to be carried out, and what lets quotes of removed lines be found. */
import { Migration } from '@mikro-orm/migrations'

export class PendingEffects20261123001000 extends Migration {
  override up(): void {
    this.addSql(`
      create table pending_effects (
        id uuid primary key,
        kind text not null check (kind in ('account', 'end_stream', 'redact', 'restore')),
        facts jsonb not null,
        created_at timestamptz not null,
        due_at timestamptz not null,
        failures int not null default 0
      )`)
    this.addSql('create index pending_effects_due on pending_effects (due_at)')
    this.addSql(`
      create index pending_effects_action on pending_effects ((facts ->> 'actionId'))
      where kind = 'redact'`)
    this.addSql(`
      create index log_entries_quotes on log_entries (room_id, (entry -> 'replyTo' ->> 'id'))
      where type = 'chat.posted' and entry -> 'replyTo' ->> 'id' is not null`)
  }

  override down(): void {
    this.addSql('drop index log_entries_quotes')
    this.addSql('drop table pending_effects')
  }
}
