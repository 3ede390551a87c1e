/** Who wrote a room last: a writer that still has all it announced needs no jump in the numbers. */
import { Migration } from '@mikro-orm/migrations'

export class ArchiveWriter20261121000400 extends Migration {
  override up(): void {
    this.addSql('alter table room_epochs add column writer text null')
  }

  override down(): void {
    this.addSql('alter table room_epochs drop column writer')
  }
}
