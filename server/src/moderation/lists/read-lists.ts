/** Lists as they are read: a channel's own, those it follows, all that are published, entries. */
import type { Sql } from '../../platform/database.ts'
import { Refused } from '../../platform/http/refusal.ts'
import type { ListMode } from './subscriptions.ts'

export interface ListView {
  id: string
  name: string
  about: string
  isPublished: boolean
  entries: number
  subscribers: number
  channel: { id: string; handle: string; name: string }
  at: number
  /** How the reading channel follows it. */
  mode: ListMode | null
  /** Bans that stand in the reading channel because of it. */
  bans: number
}

interface Selection {
  /** The channel that reads. */
  channelId: string
  now: number
  of: 'own' | 'followed' | 'published'
  query?: string | undefined
  before?: string | undefined
  limit: number
}

export async function readLists(sql: Sql, selection: Selection): Promise<ListView[]> {
  const { channelId, now, of, query = '', before = null, limit } = selection
  const like = `%${query.replace(/[\\%_]/g, '\\$&')}%`
  return await sql<ListView>`
    select l.id, l.name, l.about, l.is_published as "isPublished", n.mode,
      floor(extract(epoch from l.created_at) * 1000)::float8 as at,
      (select count(*)::int from ban_list_entries e
        where e.list_id = l.id and e.revoked_at is null) as entries,
      (select count(*)::int from ban_list_subscriptions o where o.list_id = l.id) as subscribers,
      (select count(*)::int from sanctions s join ban_list_entries e on e.id = s.list_entry_id
        where e.list_id = l.id and s.channel_id = ${channelId} and s.lifted_at is null
          and (s.until is null or s.until > ${new Date(now)})) as bans,
      json_build_object('id', c.id, 'handle', c.handle, 'name', c.name) as channel
    from ban_lists l
    join channels c on c.id = l.channel_id
    left join ban_list_subscriptions n on n.list_id = l.id and n.channel_id = ${channelId}
    where case ${of}::text
        when 'own' then l.channel_id = ${channelId}
        when 'followed' then n.mode is not null
        else l.is_published and l.channel_id <> ${channelId} end
      and (${query} = '' or l.name ilike ${like} or c.name ilike ${like} or c.handle ilike ${like})
      and (${before}::uuid is null or l.id < ${before}::uuid)
    order by l.id desc limit ${limit}`
}

export interface EntryView {
  id: string
  person: { id: string; name: string; username: string | null }
  source: string
  reason: string | null
  expiresAt: number | null
  at: number
}

/** For the crew of whoever keeps it or follows it; others see how many there are. */
export async function readEntries(
  sql: Sql,
  of: {
    listId: string
    channelId: string
    now: number
    before?: string | undefined
    limit: number
  },
): Promise<{ entries: EntryView[]; more: boolean } | Refused<'no_such_list'>> {
  const { listId, channelId, before = null, limit } = of
  const [list] = await sql`
    select id from ban_lists l
    where l.id = ${listId} and (l.channel_id = ${channelId} or exists (
      select from ban_list_subscriptions n
      where n.list_id = l.id and n.channel_id = ${channelId}))`
  if (!list) return new Refused('no_such_list')
  const found = await sql<EntryView>`
    select e.id, e.source, e.reason,
      json_build_object('id', u.id, 'name', u.name, 'username', u.username) as person,
      floor(extract(epoch from e.expires_at) * 1000)::float8 as "expiresAt",
      floor(extract(epoch from e.created_at) * 1000)::float8 as at
    from ban_list_entries e join users u on u.id = e.user_id
    where e.list_id = ${listId} and e.revoked_at is null
      and (e.expires_at is null or e.expires_at > ${new Date(of.now)})
      and (${before}::uuid is null or e.id < ${before}::uuid)
    order by e.id desc limit ${limit + 1}`
  return { entries: found.slice(0, limit), more: found.length > limit }
}
