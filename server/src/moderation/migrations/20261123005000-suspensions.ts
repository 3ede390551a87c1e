/** Suspensions, and streams that staff ended, are decisions with a reason and an appeal. */
import { Migration } from '@mikro-orm/migrations'

export class Suspensions20261123005000 extends Migration {
  override up(): void {
    this.#kinds(`'timeout', 'ban', 'suspension', 'stream_end'`)
    this.addSql('drop index sanctions_one_stands')
    this.addSql(`
      create unique index sanctions_one_stands on sanctions (user_id, channel_id, list_entry_id)
      nulls not distinct where lifted_at is null and kind in ('timeout', 'ban')`)
    this.addSql(`
      create unique index sanctions_one_suspension on sanctions (user_id)
      where lifted_at is null and kind = 'suspension'`)
    // Without their reasons, which were written for the record alone.
    this.addSql(`
      insert into sanctions (id, user_id, kind, by_id, by_role, created_at)
      select gen_random_uuid(), u.id, 'suspension', b.id, 'staff', u.suspended_at
      from users u
      left join lateral (
        select by_id from moderation_actions
        where target_id = u.id and kind = 'suspend' order by id desc limit 1) a on true
      left join users b on b.id = a.by_id
      where u.suspended_at is not null`)
  }

  override down(): void {
    this.addSql(`delete from sanctions where kind in ('suspension', 'stream_end')`)
    this.addSql('drop index sanctions_one_suspension')
    this.addSql('drop index sanctions_one_stands')
    this.addSql(`
      create unique index sanctions_one_stands on sanctions (user_id, channel_id, list_entry_id)
      nulls not distinct where lifted_at is null`)
    this.#kinds(`'timeout', 'ban'`)
  }

  #kinds(kinds: string): void {
    this.addSql('alter table sanctions drop constraint sanctions_kind_check')
    this.addSql(`
      alter table sanctions add constraint sanctions_kind_check check (kind in (${kinds}))`)
  }
}
