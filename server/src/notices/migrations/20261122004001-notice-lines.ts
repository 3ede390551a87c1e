/** Which entry of a room's log a notice quotes: once that is taken out, so is the quote. */
import { Migration } from '@mikro-orm/migrations'

export class NoticeLines20261122004001 extends Migration {
  override up(): void {
    this.addSql('alter table notices add column room_id text null, add column line_seq bigint null')
  }

  override down(): void {
    this.addSql('alter table notices drop column room_id, drop column line_seq')
  }
}
