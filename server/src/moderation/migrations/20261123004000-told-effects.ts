/** What people are told of a decision waits beside its other effects. */
import { Migration } from '@mikro-orm/migrations'

const before = `'account', 'end_stream', 'redact', 'restore'`

export class ToldEffects20261123004000 extends Migration {
  override up(): void {
    this.#kinds(`${before}, 'notice', 'letter'`)
  }

  override down(): void {
    this.addSql(`delete from pending_effects where kind in ('notice', 'letter')`)
    this.#kinds(before)
  }

  #kinds(kinds: string): void {
    this.addSql('alter table pending_effects drop constraint pending_effects_kind_check')
    this.addSql(`
      alter table pending_effects add constraint pending_effects_kind_check
      check (kind in (${kinds}))`)
  }
}
