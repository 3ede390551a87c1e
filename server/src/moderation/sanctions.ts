/**
 * What stands against a person in chat: imposed, replaced, lifted, read. One decision stands at a
 * time. Suspensions and ended streams (`account-decisions.ts`) are none of it.
 */
import type { Sanction, SanctionKind } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'

export interface SanctionRow {
  id: string
  channel_id: string | null
  stream_id: string | null
  user_id: string
  kind: SanctionKind
  /** Unix ms, null without an end; as the rows below select it. */
  until: number | null
  reason: string | null
  by_id: string | null
  by_role: Sanction['by']
  may_appeal: boolean
}

export interface NewSanction {
  id: string
  channelId: string | null
  streamId: string | null
  userId: string
  kind: SanctionKind
  until: number | null
  reason: string | null
  by: { id: string | null; role: Sanction['by'] }
  at: number
}

export function sanctionOf(row: SanctionRow): Sanction {
  return {
    id: row.id,
    kind: row.kind,
    until: row.until,
    reason: row.reason,
    by: row.by_role,
    scope: row.channel_id === null ? 'everywhere' : 'channel',
    mayAppeal: row.may_appeal,
  }
}

/** What stands against a person in a channel (null: everywhere) by decision, lists apart. */
export async function standingDecision(
  sql: Sql,
  of: { channelId: string | null; userId: string; at: number },
): Promise<SanctionRow | null> {
  const [row] = await sql<SanctionRow>`
    select s.id, s.channel_id, s.stream_id, s.user_id, s.kind, s.reason, s.by_id, s.by_role,
      floor(extract(epoch from s.until) * 1000)::float8 as until,
      not exists (select from appeals a where a.sanction_id = s.id) as may_appeal
    from sanctions s
    where s.user_id = ${of.userId} and s.channel_id is not distinct from ${of.channelId}::uuid
      and s.lifted_at is null and s.list_entry_id is null and s.kind in ('timeout', 'ban')
      and (s.until is null or s.until > ${new Date(of.at)})`
  return row ?? null
}

/** The heaviest of what stands against a person in a channel, everywhere and lists included. */
export async function heaviestSanction(
  sql: Sql,
  of: { channelId: string; userId: string; at: number },
): Promise<Sanction | null> {
  const [row] = await sql<SanctionRow>`
    select s.id, s.channel_id, s.stream_id, s.user_id, s.kind, s.reason, s.by_id, s.by_role,
      floor(extract(epoch from s.until) * 1000)::float8 as until,
      not exists (select from appeals a where a.sanction_id = s.id) as may_appeal
    from sanctions s
    where s.user_id = ${of.userId} and (s.channel_id = ${of.channelId} or s.channel_id is null)
      and s.kind in ('timeout', 'ban')
      and s.lifted_at is null and (s.until is null or s.until > ${new Date(of.at)})
    order by s.kind = 'ban' desc, s.until desc nulls first, s.id limit 1`
  return row ? sanctionOf(row) : null
}

/** Keeps two who decide about one person apart until the transaction ends. */
export async function holdPerson(sql: Sql, userId: string): Promise<void> {
  await sql`select from users where id = ${userId} for no key update`
}

/** Takes the place of what stood. Hold the person first. */
export async function impose(sql: Sql, made: NewSanction): Promise<SanctionRow> {
  const at = new Date(made.at)
  const { until } = made
  await sql`
    update sanctions set lifted_at = least(${at}, until), lifted_by = ${made.by.id},
      replaced_by = case when until is null or until > ${at} then ${made.id}::uuid end
    where user_id = ${made.userId} and channel_id is not distinct from ${made.channelId}::uuid
      and list_entry_id is null and lifted_at is null and kind in ('timeout', 'ban')`
  await sql`
    insert into sanctions (id, channel_id, stream_id, user_id, kind, until, reason, by_id, by_role,
      created_at)
    values (${made.id}, ${made.channelId}, ${made.streamId}, ${made.userId}, ${made.kind},
      ${until === null ? null : new Date(until)}, ${made.reason}, ${made.by.id}, ${made.by.role},
      ${at})`
  return {
    id: made.id,
    channel_id: made.channelId,
    stream_id: made.streamId,
    user_id: made.userId,
    kind: made.kind,
    until,
    reason: made.reason,
    by_id: made.by.id,
    by_role: made.by.role,
    may_appeal: true,
  }
}

/** False when it did not stand any more. */
export async function lift(
  sql: Sql,
  of: { sanctionId: string; by: string | null; at: number },
): Promise<boolean> {
  const lifted = await sql`
    update sanctions set lifted_at = ${new Date(of.at)}, lifted_by = ${of.by}
    where id = ${of.sanctionId} and lifted_at is null returning id`
  return lifted.length === 1
}

/** Lets stand again what a decision lifted that is taken back, unless another took its place. */
export async function standAgain(
  sql: Sql,
  of: { sanctionId: string; liftedAt: string; at: number },
): Promise<boolean> {
  const standing = await sql`
    update sanctions s set lifted_at = null, lifted_by = null
    where s.id = ${of.sanctionId} and s.lifted_at = ${of.liftedAt}
      and (s.until is null or s.until > ${new Date(of.at)})
      and (s.kind = 'stream_end' or not exists (select from sanctions o where o.user_id = s.user_id
        and o.channel_id is not distinct from s.channel_id and o.list_entry_id is null
        and o.lifted_at is null and o.kind in ('timeout', 'ban')))
    returning s.id`
  return standing.length === 1
}

/** Lifts what an undone action imposed and lets what it replaced stand again. */
export async function unimpose(
  sql: Sql,
  of: { sanctionId: string; by: string | null; at: number },
): Promise<void> {
  if (!(await lift(sql, of))) return
  await sql`
    update sanctions set lifted_at = null, lifted_by = null, replaced_by = null
    where replaced_by = ${of.sanctionId} and (until is null or until > ${new Date(of.at)})`
}
