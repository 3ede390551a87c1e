/** Whether an address is its owner's: hashed tokens that were mailed, and when one came back. */
import { Migration } from '@mikro-orm/migrations'

export class VerifiedEmail20261122002100 extends Migration {
  override up(): void {
    this.addSql('alter table users add column email_verified_at timestamptz null')
    // They came by the operator's own link, or by somebody who did.
    this.addSql(`
      update users set email_verified_at = now()
      where platform_role = 'admin' and email is not null`)
    this.addSql(`
      create table email_tokens (
        hash text primary key,
        user_id uuid not null references users (id) on delete cascade,
        email text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null
      )`)
    this.addSql('create index email_tokens_user on email_tokens (user_id, created_at)')
  }

  override down(): void {
    this.addSql('drop table email_tokens')
    this.addSql('alter table users drop column email_verified_at')
  }
}
