/** People by name, username or address, newest first, with what stands against them. */
import type { Sql } from '../platform/database.ts'
import type { ListedUser, UsersQuery } from './protocol.ts'

interface Row {
  id: string
  kind: ListedUser['kind']
  username: string | null
  name: string
  email: string | null
  is_verified: boolean
  about: string
  platform_role: ListedUser['platformRole']
  is_suspended: boolean
  joined_at: number
  channel: string | null
  sanctions: number
}

export async function listUsers(
  sql: Sql,
  { query, role, suspended, before, limit }: UsersQuery,
  now: number,
): Promise<{ users: ListedUser[]; more: boolean }> {
  const wanted = query ? `%${query.replaceAll(/[\\%_]/g, '\\$&')}%` : null
  const rows = await sql<Row>`
    select u.id, u.kind, u.username, u.name, u.email, u.about, u.platform_role,
      u.email_verified_at is not null as is_verified,
      u.suspended_at is not null as is_suspended,
      floor(extract(epoch from u.created_at) * 1000)::float8 as joined_at,
      (select handle from channels c where c.owner_id = u.id limit 1) as channel,
      (select count(*)::int from sanctions s where s.user_id = u.id and s.lifted_at is null
        and s.kind in ('timeout', 'ban')
        and (s.until is null or s.until > ${new Date(now)})) as sanctions
    from users u
    where (${wanted}::text is null
        or (u.name || ' ' || coalesce(u.username, '') || ' ' || coalesce(u.email, ''))
          ilike ${wanted})
      and (${role ?? null}::text is null or u.platform_role = ${role ?? null})
      and (${suspended ?? null}::boolean is null
        or (u.suspended_at is not null) = ${suspended ?? null}::boolean)
      and (${before ?? null}::uuid is null or u.id < ${before ?? null}::uuid)
    order by u.id desc limit ${limit + 1}`
  return { users: rows.slice(0, limit).map(view), more: rows.length > limit }
}

const view = (row: Row): ListedUser => ({
  id: row.id,
  kind: row.kind,
  username: row.username,
  name: row.name,
  about: row.about,
  joinedAt: row.joined_at,
  platformRole: row.platform_role,
  suspended: row.is_suspended,
  email: row.email,
  emailVerified: row.is_verified,
  channel: row.channel,
  sanctions: row.sanctions,
})
