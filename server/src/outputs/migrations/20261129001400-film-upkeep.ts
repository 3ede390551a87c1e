/** When a film that could not be taken away is tried again. */
import { Migration } from '@mikro-orm/migrations'

export class FilmUpkeep20261129001400 extends Migration {
  override up(): void {
    this.addSql('alter table films add column failures int not null default 0')
    this.addSql('alter table films add column again_at timestamptz null')
  }

  override down(): void {
    this.addSql('alter table films drop column again_at')
    this.addSql('alter table films drop column failures')
  }
}
