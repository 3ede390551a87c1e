/** Pictures that are kept, by what they hold; the files themselves lie in the store. */
import { Migration } from '@mikro-orm/migrations'

export class Media20261122003100 extends Migration {
  override up(): void {
    this.addSql(`
      create table media (
        id text primary key check (id ~ '^[0-9a-f]{32}$'),
        recipe text not null,
        touched_at timestamptz not null
      )`)
    this.addSql('create index media_touched on media (touched_at)')
    for (const column of ['avatar_id', 'banner_id']) {
      this.addSql(`alter table channels add foreign key (${column}) references media (id)`)
      this.addSql(`create index channels_${column} on channels (${column})
        where ${column} is not null`)
    }
  }

  override down(): void {
    this.addSql('update channels set avatar_id = null, banner_id = null')
    this.addSql('drop table media cascade')
  }
}
