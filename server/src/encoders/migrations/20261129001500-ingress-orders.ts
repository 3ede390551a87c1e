/** Entries that are being made, and who leads a key elsewhere at this moment. */
import { Migration } from '@mikro-orm/migrations'

export class IngressOrders20261129001500 extends Migration {
  override up(): void {
    this.addSql(`
      create table ingress_orders (
        id uuid primary key,
        made_at timestamptz not null,
        is_void boolean not null default false
      )`)
    this.addSql('create index ingress_orders_made on ingress_orders (made_at)')
    this.addSql('alter table stream_keys add column pointing uuid null')
    this.addSql('alter table stream_keys add column pointing_until timestamptz null')
  }

  override down(): void {
    this.addSql('alter table stream_keys drop column pointing_until')
    this.addSql('alter table stream_keys drop column pointing')
    this.addSql('drop table ingress_orders')
  }
}
