/** What a stream is made of: pictures and sound, or voices alone. */
import { Migration } from '@mikro-orm/migrations'

export class Medium20261128000000 extends Migration {
  override up(): void {
    this.addSql(`
      alter table streams add column medium text not null default 'video'
        check (medium in ('video', 'audio'))`)
  }

  override down(): void {
    this.addSql('alter table streams drop column medium')
  }
}
