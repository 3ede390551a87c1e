/** Sanctions as people read them: their own, a channel's, one. */
import type { Sql } from '../platform/database.ts'
import type { AppealView, CrewSanctionView, SanctionView } from './protocol.ts'

interface Row {
  id: string
  kind: SanctionView['kind']
  until: number | null
  reason: string | null
  by_role: SanctionView['by']
  by_id: string | null
  at: number
  lifted_at: number | null
  is_listed: boolean
  channel_id: string | null
  channel: SanctionView['channel']
  stream: SanctionView['stream']
  person: CrewSanctionView['person']
  decided_by: CrewSanctionView['decidedBy']
  appeal: (NonNullable<SanctionView['appeal']> & AppealFacts) | null
}

export interface AppealFacts {
  id: string
  decidedBy: { id: string; name: string } | null
}

interface Of {
  now: number
  id?: string
  userId?: string
  kind?: SanctionView['kind']
  channelId?: string
  stands?: boolean | undefined
  /** Those that were appealed against, in the order of their appeals. */
  appealStatus?: AppealView['status']
  /** Id of the last one of the page before: of an appeal with `appealStatus`, else a sanction. */
  before?: string | undefined
  limit: number
}

export interface KnownSanction {
  view: CrewSanctionView
  byId: string | null
  channelId: string | null
  appeal: AppealFacts | null
}

export async function selectSanctions(sql: Sql, of: Of): Promise<KnownSanction[]> {
  const { id = null, userId = null, channelId = null, before = null, limit, now } = of
  const { stands = null, appealStatus = null, kind = null } = of
  const at = new Date(now)
  const rows = await sql<Row>`
    select s.id, s.kind, s.reason, s.by_role, s.by_id, s.channel_id,
      s.list_entry_id is not null as is_listed,
      floor(extract(epoch from s.until) * 1000)::float8 as until,
      floor(extract(epoch from s.created_at) * 1000)::float8 as at,
      floor(extract(epoch from s.lifted_at) * 1000)::float8 as lifted_at,
      case when c.id is not null then
        json_build_object('id', c.id, 'handle', c.handle, 'name', c.name) end as channel,
      case when s.kind = 'stream_end' and m.id is not null then
        json_build_object('id', m.id, 'title', m.title) end as stream,
      json_build_object('id', u.id, 'name', u.name) as person,
      case when b.id is not null then json_build_object('id', b.id, 'name', b.name) end
        as decided_by,
      case when a.id is not null then json_build_object('id', a.id, 'status', a.status,
        'text', a.text, 'note', a.note,
        'at', floor(extract(epoch from a.created_at) * 1000)::float8,
        'decidedAt', floor(extract(epoch from a.decided_at) * 1000)::float8,
        'decidedBy', case when d.id is not null
          then json_build_object('id', d.id, 'name', d.name) end) end as appeal
    from sanctions s
    join users u on u.id = s.user_id
    left join channels c on c.id = s.channel_id
    left join streams m on m.id = s.stream_id
    left join users b on b.id = s.by_id
    left join appeals a on a.sanction_id = s.id
    left join users d on d.id = a.decided_by
    where (${id}::uuid is null or s.id = ${id}::uuid)
      and (${userId}::uuid is null or s.user_id = ${userId}::uuid)
      and (${kind}::text is null or s.kind = ${kind})
      and (${channelId}::uuid is null or s.channel_id = ${channelId}::uuid)
      and (${appealStatus}::text is null or a.status = ${appealStatus})
      and (${before}::uuid is null or
        (case when ${appealStatus}::text is null then s.id else a.id end) < ${before}::uuid)
      and (${stands}::boolean is null
        or (s.lifted_at is null and (s.until is null or s.until > ${at})) = ${stands})
    order by case when ${appealStatus}::text is null then s.id else a.id end desc limit ${limit}`
  return rows.map((row) => known(row, now))
}

function known(row: Row, now: number): KnownSanction {
  const { appeal, until, lifted_at: liftedAt } = row
  const stands = liftedAt === null && (until === null || until > now)
  return {
    byId: row.by_id,
    channelId: row.channel_id,
    appeal: appeal && { id: appeal.id, decidedBy: appeal.decidedBy },
    view: {
      id: row.id,
      kind: row.kind,
      until,
      reason: row.reason,
      by: row.by_role,
      scope: row.channel_id === null ? 'everywhere' : 'channel',
      mayAppeal: stands && appeal === null,
      at: row.at,
      stands,
      liftedAt,
      isListed: row.is_listed,
      channel: row.channel,
      stream: row.stream,
      person: row.person,
      decidedBy: row.decided_by,
      appeal: appeal && {
        status: appeal.status,
        text: appeal.text,
        at: appeal.at,
        note: appeal.note,
        decidedAt: appeal.decidedAt,
      },
    },
  }
}

/** As the person concerned sees it: who decided is told by role only. */
export function ownView({ view }: KnownSanction): SanctionView {
  const { person: _person, decidedBy: _decidedBy, ...own } = view
  return own
}
