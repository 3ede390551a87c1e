/** Whatever is decided from all payments of a person together is decided one at a time. */
import type { Sql } from '../platform/database.ts'

/** In a transaction, until its end; before any row of a payment is locked. */
export async function lockPayer(sql: Sql, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payments:${userId}`}, 0))`
}
