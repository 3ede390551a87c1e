/** Rounds find old events quickly; a freeze says who set it, so that only they end it. */
import { Migration } from '@mikro-orm/migrations'

export class PaymentRounds20261129160000 extends Migration {
  override up(): void {
    this.addSql('create index payment_events_by_age on payment_events (at)')
    this.addSql('alter table ledger_accounts add column frozen_for text')
    this.addSql(`
      update ledger_accounts a set frozen_for = 'coins_owed'
      where frozen_at is not null and kind = 'user' and currency = 'coin' and exists (
        select from payments p where p.user_id::text = a.owner and p.coins_owed > 0)`)
  }

  override down(): void {
    this.addSql('alter table ledger_accounts drop column frozen_for')
    this.addSql('drop index payment_events_by_age')
  }
}
