/** Finds what takes lines out of a channel; whoever ended a stream is told by role. */
import { Migration } from '@mikro-orm/migrations'

export class StandingRemovals20261123003000 extends Migration {
  override up(): void {
    this.addSql(`
      create index moderation_actions_removals on moderation_actions (channel_id, at)
      where kind in ('purge', 'clear', 'delete') or details ->> 'purge' = 'true'`)
    this.addSql(`
      update log_entries set entry = jsonb_set(entry, '{by}',
        case when entry -> 'by' ->> 'role' = 'host' then '"host"'::jsonb else '"staff"' end)
      where type = 'stream.ended' and jsonb_typeof(entry -> 'by') = 'object'`)
  }

  override down(): void {
    this.addSql('drop index moderation_actions_removals')
  }
}
