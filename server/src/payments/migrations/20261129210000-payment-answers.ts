/** Answers of gateways are numbered, so that the one asked for last is what stands. */
import { Migration } from '@mikro-orm/migrations'

const outcomes = (names: string) => `
  alter table payment_disputes
    drop constraint payment_disputes_outcome_check,
    add constraint payment_disputes_outcome_check check (outcome in (${names}))`

export class PaymentAnswers20261129210000 extends Migration {
  override up(): void {
    this.addSql('alter table payments add column asked integer not null default 0')
    this.addSql('alter table payments add column answered integer not null default 0')
    this.addSql('alter table payments add column unpaid_at timestamptz')
    this.addSql(outcomes(`'open', 'won', 'lost', 'inquiry', 'prevented'`))
    this.addSql('drop index payments_due')
    this.addSql(
      'create index payments_due on payments (gateway, look_at) where look_at is not null',
    )
  }

  override down(): void {
    this.addSql('drop index payments_due')
    this.addSql('create index payments_due on payments (look_at) where look_at is not null')
    this.addSql(`delete from payment_disputes where outcome in ('inquiry', 'prevented')`)
    this.addSql(outcomes(`'open', 'won', 'lost'`))
    this.addSql('alter table payments drop column unpaid_at')
    this.addSql('alter table payments drop column answered')
    this.addSql('alter table payments drop column asked')
  }
}
