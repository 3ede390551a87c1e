/** Which of its keys a destination has, and which an output was begun with. */
import { Migration } from '@mikro-orm/migrations'

export class KeyVersion20261129001200 extends Migration {
  override up(): void {
    this.addSql('alter table destinations add column key_version int not null default 1')
    this.addSql('alter table stream_outputs add column key_version int null')
  }

  override down(): void {
    this.addSql('alter table stream_outputs drop column key_version')
    this.addSql('alter table destinations drop column key_version')
  }
}
