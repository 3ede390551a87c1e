/** Which database this is: the same by whatever address one comes to it. */
import type { Sql } from './sql.ts'

/** Its name, and when its first tables were made, to the microsecond. */
export async function identityOf(sql: Sql): Promise<string> {
  const rows = await sql`
    select current_database() || ' ' || extract(epoch from min(executed_at)) as identity
    from migrations`
  return (rows[0] as { identity: string }).identity
}
