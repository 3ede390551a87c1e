/** Each claim keeps its ticket, also without its person; indexes for what is bounded by time. */
import { Migration } from '@mikro-orm/migrations'

export class TreasureBounds20261129224000 extends Migration {
  override up(): void {
    this.addSql('alter table treasure_claims add ticket text')
    this.addSql(`
      update treasure_claims set ticket = encode(sha256(convert_to(
        'ticket' || chr(10) || box_id || chr(10) || user_id || chr(10) || luck, 'UTF8')), 'hex')`)
    this.addSql('alter table treasure_claims alter ticket set not null')
    this.addSql('alter table treasure_claims drop constraint treasure_claims_pkey')
    this.addSql('alter table treasure_claims add primary key (box_id, ticket)')
    this.addSql('alter table treasure_claims alter user_id drop not null')
    this.addSql('create unique index treasure_claims_once on treasure_claims (box_id, user_id)')
    this.addSql('alter table treasure_claims drop constraint treasure_claims_user_id_fkey')
    this.addSql(`
      alter table treasure_claims add constraint treasure_claims_user_id_fkey
        foreign key (user_id) references users (id) on delete set null`)
    this.addSql(`
      create index treasure_boxes_of_funder
        on treasure_boxes ((record->'funder'->>'id'), funded_at)`)
    this.addSql(`
      create index treasure_boxes_paid on treasure_boxes (funded_at) where state = 'paid'`)
  }

  override down(): void {
    this.addSql('drop index treasure_boxes_paid')
    this.addSql('drop index treasure_boxes_of_funder')
    this.addSql('delete from treasure_claims where user_id is null')
    this.addSql('alter table treasure_claims drop constraint treasure_claims_user_id_fkey')
    this.addSql(`
      alter table treasure_claims add constraint treasure_claims_user_id_fkey
        foreign key (user_id) references users (id) on delete cascade`)
    this.addSql('drop index treasure_claims_once')
    this.addSql('alter table treasure_claims alter user_id set not null')
    this.addSql('alter table treasure_claims drop constraint treasure_claims_pkey')
    this.addSql('alter table treasure_claims drop ticket')
    this.addSql('alter table treasure_claims add primary key (box_id, user_id)')
  }
}
