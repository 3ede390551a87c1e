/** The end of a tier is that of terms which hold: one that was cut to nothing ends nothing. */
import { Migration } from '@mikro-orm/migrations'

const tierAt = (counted: string) => `
  create or replace function og_tier_at(who uuid, moment timestamptz)
  returns table (level smallint, until timestamptz) language sql stable as $$
    select held.level,
      (select max(same.ends_at) from og_terms same
        where same.user_id = who and same.level = held.level${counted})
    from og_terms held
    where held.user_id = who and held.starts_at <= moment and held.ends_at > moment
  $$`

export class TierEnds20261129223000 extends Migration {
  override up(): void {
    this.addSql(tierAt(' and same.ends_at > same.starts_at'))
  }

  override down(): void {
    this.addSql(tierAt(''))
  }
}
