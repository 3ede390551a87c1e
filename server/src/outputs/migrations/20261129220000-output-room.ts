/** An output may wait for a place in the house. */
import { Migration } from '@mikro-orm/migrations'

const refusals = (names: string) => `
  alter table stream_outputs
    drop constraint stream_outputs_refused_check,
    add constraint stream_outputs_refused_check check (refused in (${names}))`

export class OutputRoom20261129220000 extends Migration {
  override up(): void {
    this.addSql(refusals(`'output_minutes_spent', 'films_full', 'no_room'`))
  }

  override down(): void {
    this.addSql(`update stream_outputs set refused = null where refused = 'no_room'`)
    this.addSql(refusals(`'output_minutes_spent', 'films_full'`))
  }
}
