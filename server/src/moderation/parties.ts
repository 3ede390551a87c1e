/** Who acts and whom it is about, as the record says at this moment. */
import { validate as isUuid } from 'uuid'
import type { Sql } from '../platform/database.ts'
import type { Relation } from './rank.ts'

export interface Party {
  id: string
  name: string
  relation: Relation
  isGuest: boolean
  isModerator: boolean
  isVip: boolean
}

interface Row {
  id: string
  name: string
  is_guest: boolean
  is_host: boolean
  is_staff: boolean
  is_moderator: boolean
  is_vip: boolean
}

/** Null when there is nobody with that id. Without a channel there are viewers and staff only. */
export async function partyOf(
  sql: Sql,
  channelId: string | null,
  userId: string,
): Promise<Party | null> {
  if (!isUuid(userId)) return null
  const [row] = await sql<Row>`
    select u.id, u.name, u.kind = 'guest' as is_guest,
      exists (select from channels c where c.id = ${channelId}::uuid and c.owner_id = u.id)
        as is_host,
      u.platform_role in ('moderator', 'admin') and u.suspended_at is null as is_staff,
      exists (select from channel_moderators m
        where m.channel_id = ${channelId}::uuid and m.user_id = u.id) as is_moderator,
      exists (select from channel_vips v
        where v.channel_id = ${channelId}::uuid and v.user_id = u.id) as is_vip
    from users u where u.id = ${userId}`
  if (!row) return null
  const { id, name, is_guest: isGuest, is_moderator: isModerator, is_vip: isVip } = row
  return { id, name, relation: relationOf(row), isGuest, isModerator, isVip }
}

function relationOf(row: Row): Relation {
  if (row.is_host) return 'host'
  if (row.is_staff) return 'staff'
  return row.is_moderator ? 'moderator' : 'viewer'
}
