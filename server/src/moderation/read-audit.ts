/** Pages of the audit log: a channel's for its crew, everything for administrators (ADM-03, 04). */
import type { Sql } from '../platform/database.ts'
import type { ActionView, AuditQuery } from './protocol.ts'

interface Row {
  id: string
  at: number
  kind: string
  by_id: string | null
  by_name: string
  by_role: string
  target_id: string | null
  target_name: string | null
  reason: string | null
  channel: ActionView['channel']
  stream_id: string | null
  sanction_id: string | null
  undoes: string | null
  is_undone: boolean
  undo_until: number | null
  lines: ActionView['lines']
  details: ActionView['details']
}

export async function readAudit(
  sql: Sql,
  query: AuditQuery & { channelId: string | null },
): Promise<{ actions: ActionView[]; more: boolean }> {
  const { by = null, target = null, kind = null, before = null, channelId, limit } = query
  const from = query.from === undefined ? null : new Date(query.from)
  const to = query.to === undefined ? null : new Date(query.to)
  const rows = await sql<Row>`
    select a.id, a.kind, a.by_id, a.by_name, a.by_role, a.target_id, a.reason, a.stream_id,
      a.sanction_id, a.undoes, a.lines, a.details,
      coalesce(nullif(a.target_name, ''), t.name) as target_name,
      floor(extract(epoch from a.at) * 1000)::float8 as at,
      floor(extract(epoch from a.undo_until) * 1000)::float8 as undo_until,
      exists (select from moderation_actions u where u.undoes = a.id) as is_undone,
      case when c.id is not null then
        json_build_object('id', c.id, 'handle', c.handle, 'name', c.name) end as channel
    from moderation_actions a
    left join channels c on c.id = a.channel_id
    left join users t on t.id = a.target_id
    where (${channelId}::uuid is null or a.channel_id = ${channelId}::uuid)
      and (${by}::uuid is null or a.by_id = ${by}::uuid)
      and (${target}::uuid is null or a.target_id = ${target}::uuid)
      and (${kind}::text is null or a.kind = ${kind})
      and (${from}::timestamptz is null or a.at >= ${from}::timestamptz)
      and (${to}::timestamptz is null or a.at < ${to}::timestamptz)
      and (${before}::uuid is null or a.id < ${before}::uuid)
    order by a.id desc limit ${limit + 1}`
  return { actions: rows.slice(0, limit).map(viewOf), more: rows.length > limit }
}

function viewOf(row: Row): ActionView {
  const { id, at, kind, reason, channel, undoes, lines, details } = row
  return {
    id,
    at,
    kind,
    reason,
    channel,
    undoes,
    lines,
    details,
    by: { id: row.by_id, name: row.by_name, role: row.by_role },
    target: row.target_id ? { id: row.target_id, name: row.target_name } : null,
    streamId: row.stream_id,
    sanctionId: row.sanction_id,
    isUndone: row.is_undone,
    undoUntil: row.undo_until,
  }
}
