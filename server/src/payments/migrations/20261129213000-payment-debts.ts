/** Whether coins are owed for more than the moment in which they go back. */
import { Migration } from '@mikro-orm/migrations'

export class PaymentDebts20261129213000 extends Migration {
  override up(): void {
    this.addSql('alter table payments add column is_short boolean not null default false')
    this.addSql('update payments set is_short = true where coins_owed > 0')
  }

  override down(): void {
    this.addSql('alter table payments drop column is_short')
  }
}
