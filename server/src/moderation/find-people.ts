/** People as the crew of a channel finds them: by name, or one of them, with their follow. */
import { z } from 'zod'
import { pictureUrl } from '../media/protocol.ts'
import type { Sql } from '../platform/database.ts'
import { uuid } from '../platform/http/ids.ts'

export const lookupLimits = { queryCharsMin: 2, queryCharsMax: 64, foundMax: 20 } as const

export const crewPerson = z.object({
  id: uuid,
  name: z.string(),
  username: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  followedAt: z.number().nullable().describe('since when they follow the channel'),
})
export type CrewPerson = z.output<typeof crewPerson>

interface Row extends Omit<CrewPerson, 'followedAt' | 'avatarUrl'> {
  avatar_id: string | null
  followed_at: number | null
}

const view = ({ avatar_id: avatarId, followed_at: followedAt, ...person }: Row): CrewPerson => ({
  ...person,
  avatarUrl: pictureUrl('avatar', avatarId),
  followedAt,
})

/**
 * Accounts whose username or a word of whose name begins so, exact usernames first. The first
 * condition is what the index `users_search` holds; addresses are in there and found by nobody.
 */
export async function findPeople(
  sql: Sql,
  { channelId, query, limit }: { channelId: string; query: string; limit: number },
): Promise<CrewPerson[]> {
  const wanted = query.replace(/^@/, '').toLowerCase()
  const escaped = wanted.replaceAll(/[\\%_]/g, '\\$&')
  const begins = `${escaped}%`
  const rows = await sql<Row>`
    select u.id, u.name, u.username, c.avatar_id,
      floor(extract(epoch from f.followed_at) * 1000)::float8 as followed_at
    from users u
    left join channels c on c.owner_id = u.id
    left join follows f on f.channel_id = ${channelId} and f.user_id = u.id
    where (u.name || ' ' || coalesce(u.username, '') || ' ' || coalesce(u.email, ''))
        ilike ${`%${begins}`}
      and u.kind = 'account' and u.suspended_at is null
      and (u.username like ${begins} or u.name ilike ${begins} or u.name ilike ${`% ${begins}`})
    order by u.username = ${wanted} desc, f.user_id is not null desc,
      length(u.username), u.username
    limit ${limit}`
  return rows.map(view)
}

export async function readPerson(
  sql: Sql,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<CrewPerson | null> {
  const [row] = await sql<Row>`
    select u.id, u.name, u.username, c.avatar_id,
      floor(extract(epoch from f.followed_at) * 1000)::float8 as followed_at
    from users u
    left join channels c on c.owner_id = u.id
    left join follows f on f.channel_id = ${channelId} and f.user_id = u.id
    where u.id = ${userId}`
  return row ? view(row) : null
}
