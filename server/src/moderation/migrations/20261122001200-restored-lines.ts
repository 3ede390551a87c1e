/** Entries of undos, which say lines again: each removal looks for them in the whole log. */
import { Migration } from '@mikro-orm/migrations'

export class RestoredLines20261122001200 extends Migration {
  override up(): void {
    this.addSql(
      `create index log_entries_restored on log_entries (room_id) where type = 'chat.restored'`,
    )
  }

  override down(): void {
    this.addSql('drop index log_entries_restored')
  }
}
