/** The review queue: flags by state, newest first, as those who may decide see them (ADM-05). */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { z } from 'zod'
import type { Sql } from '../platform/database.ts'
import { type FlagView, flagView, type queueQuery } from './protocol.ts'

type Query = Omit<z.output<typeof queueQuery>, 'channel'> & {
  /** Null: the whole house. */
  channelId: string | null
  /** Nobody judges what is about themselves. */
  readerId: string
  now: number
}

interface Row extends Omit<FlagView, 'reporter' | 'decided'> {
  reporter: FlagView['reporter']
  decidedBy: { id: string; name: string } | null
  decidedAt: number | null
  note: string | null
}

export async function readQueue(
  sql: Sql,
  query: Query,
): Promise<{ flags: FlagView[]; more: boolean; pending: number }> {
  const { channelId, limit, readerId } = query
  const isHouse = channelId === null
  const [rows, [waiting]] = await Promise.all([
    selectFlags(sql, query),
    sql<{ count: string }>`
      select count(*) from flags f
      where f.status = 'pending' and (${isHouse} or f.channel_id = ${channelId}::uuid)
        and f.subject_id is distinct from ${readerId}`,
  ])
  return {
    flags: rows.slice(0, limit).map((row) => viewOf(row, query)),
    more: rows.length > limit,
    pending: Number(waiting?.count ?? 0),
  }
}

/** One flag, whatever its state. */
export async function readFlag(
  sql: Sql,
  of: { id: string; isHouse: boolean; now: number },
): Promise<FlagView | null> {
  const [row] = await selectFlags(sql, {
    id: of.id,
    channelId: null,
    readerId: null,
    status: null,
    limit: 1,
  })
  return row ? viewOf(row, { channelId: of.isHouse ? null : '', now: of.now }) : null
}

type Selection = Partial<Omit<Query, 'status' | 'readerId'>> &
  Pick<Query, 'limit'> & { status: Query['status'] | null; readerId: string | null; id?: string }

function selectFlags(sql: Sql, query: Selection): Promise<Row[]> {
  const { type = null, automatic = null, subject = null, before = null, id = null } = query
  const { channelId = null, readerId, status, limit } = query
  return sql<Row>`
    select f.id, f.type, f.target_id as "targetId", f.reason, f.text, f.excerpt, f.score::float8,
      f.is_automatic as "isAutomatic", f.status, f.action, f.measure, f.note,
      f.stream_id as "streamId",
      floor(extract(epoch from f.created_at) * 1000)::float8 as at,
      floor(extract(epoch from f.decided_at) * 1000)::float8 as "decidedAt",
      (select count(*)::int from flags o where o.type = f.type and o.target_id = f.target_id)
        as flags,
      case when r.id is not null then json_build_object('id', r.id, 'name', r.name) end as reporter,
      case when u.id is not null then
        json_build_object('id', u.id, 'name', u.name, 'username', u.username) end as subject,
      case when c.id is not null then
        json_build_object('id', c.id, 'handle', c.handle, 'name', c.name) end as channel,
      case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end
        as "decidedBy",
      (select l.seq::float8 from log_entries l
        where f.type = 'message' and l.room_id = 'live_' || f.stream_id
          and l.type = 'chat.posted' and l.entry ->> 'id' = f.target_id) as seq
    from flags f
    left join users r on r.id = f.reporter_id
    left join users u on u.id = f.subject_id
    left join users d on d.id = f.decided_by
    left join channels c on c.id = f.channel_id
    where (${id}::uuid is null or f.id = ${id}::uuid)
      and (${status}::text is null or f.status = ${status})
      and (${type}::text is null or f.type = ${type})
      and (${channelId}::uuid is null or f.channel_id = ${channelId}::uuid)
      and (${automatic}::boolean is null or f.is_automatic = ${automatic})
      and (${subject}::uuid is null or f.subject_id = ${subject}::uuid)
      and (${before}::uuid is null or f.id < ${before}::uuid)
      and (${readerId}::uuid is null or f.subject_id is distinct from ${readerId}::uuid)
    order by f.id desc limit ${limit + (id === null ? 1 : 0)}`
}

function viewOf(row: Row, reader: { channelId: string | null; now: number }): FlagView {
  const { decidedBy, decidedAt, note, ...rest } = row
  const undoUntil = decidedAt === null ? 0 : decidedAt + moderationLimits.undoForMs
  return flagView.parse({
    ...rest,
    // A channel's crew judges what was said, not who complained.
    reporter: reader.channelId === null ? rest.reporter : null,
    decided: decidedAt === null ? null : { by: decidedBy, at: decidedAt, note },
    undoUntil: rest.status === 'resolved' && undoUntil > reader.now ? undoUntil : null,
  })
}
