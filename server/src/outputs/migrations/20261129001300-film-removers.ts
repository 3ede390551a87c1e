/** Films that the house removed are told apart from those that their host did. */
import { Migration } from '@mikro-orm/migrations'

export class FilmRemovers20261129001300 extends Migration {
  override up(): void {
    this.addSql('alter table films drop constraint films_removed_by_check')
    this.addSql(`
      alter table films add constraint films_removed_by_check
      check (removed_by in ('age', 'person', 'admin'))`)
  }

  override down(): void {
    this.addSql("update films set removed_by = 'person' where removed_by = 'admin'")
    this.addSql('alter table films drop constraint films_removed_by_check')
    this.addSql(`
      alter table films add constraint films_removed_by_check
      check (removed_by in ('age', 'person'))`)
  }
}
