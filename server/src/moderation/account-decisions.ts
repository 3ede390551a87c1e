/**
 * Decisions of staff about an account or a stream of its owner: kept beside what stands in chat, so
 * that they are read and appealed against in the same way.
 */
import type { Sql } from '../platform/database.ts'
import type { SanctionView } from './protocol.ts'
import { ownView, selectSanctions } from './read-sanctions.ts'

interface NewDecision {
  id: string
  userId: string
  reason: string | null
  byId: string
  /** Unix ms. */
  at: number
}

/** In the transaction that suspends the account. */
export async function keepSuspension(sql: Sql, made: NewDecision): Promise<void> {
  await sql`
    insert into sanctions (id, user_id, kind, reason, by_id, by_role, created_at)
    values (${made.id}, ${made.userId}, 'suspension', ${made.reason}, ${made.byId}, 'staff',
      ${new Date(made.at)})`
}

/** In the transaction that restores the account. Null when nothing stood. */
export async function endSuspension(
  sql: Sql,
  of: { userId: string; byId: string; at: number },
): Promise<string | null> {
  const [ended] = await sql<{ id: string }>`
    update sanctions set lifted_at = ${new Date(of.at)}, lifted_by = ${of.byId}
    where user_id = ${of.userId} and kind = 'suspension' and lifted_at is null returning id`
  return ended?.id ?? null
}

/** Lets one stand again that was ended; false when another stands, or there is no such one. */
export async function resumeSuspension(
  sql: Sql,
  of: { id: string; userId: string },
): Promise<boolean> {
  const standing = await sql`
    update sanctions s set lifted_at = null, lifted_by = null
    where s.id = ${of.id} and s.user_id = ${of.userId} and s.kind = 'suspension'
      and s.lifted_at is not null and not exists (select from sanctions o
        where o.user_id = s.user_id and o.kind = 'suspension' and o.lifted_at is null)
    returning s.id`
  return standing.length === 1
}

/** In the transaction that decides to end a stream; it is about its host. */
export async function keepStreamEnd(
  sql: Sql,
  made: NewDecision & { streamId: string },
): Promise<void> {
  await sql`
    insert into sanctions (id, stream_id, user_id, kind, reason, by_id, by_role, created_at)
    values (${made.id}, ${made.streamId}, ${made.userId}, 'stream_end', ${made.reason},
      ${made.byId}, 'staff', ${new Date(made.at)})`
}

/** A person's newest suspension, over or not, as they see it. */
export async function readSuspension(
  sql: Sql,
  of: { userId: string; now: number },
): Promise<SanctionView | null> {
  const [found] = await selectSanctions(sql, { ...of, kind: 'suspension', limit: 1 })
  return found ? ownView(found) : null
}
