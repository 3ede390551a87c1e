/** People by a piece of their name, username or address, for administrators. */
import { Migration } from '@mikro-orm/migrations'

export class UserSearch20261122002200 extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm schema public')
    // The same words, in the same order, as server/src/admin/list-users.ts looks for.
    this.addSql(`
      create index users_search on users using gin (
        (name || ' ' || coalesce(username, '') || ' ' || coalesce(email, ''))
        public.gin_trgm_ops)`)
  }

  override down(): void {
    this.addSql('drop index users_search')
  }
}
