/**
 * The one place that decides who may do what at the desk. `staff` are moderators and administrators
 * of the platform, `crew` the host and moderators of a channel and staff, `host` its owner alone.
 */
import type { Sql } from '../platform/database.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { Relation } from './rank.ts'

export type Need = 'crew' | 'host'

/** A channel, seen by somebody who may do what was asked. */
export interface Door {
  channelId: string
  handle: string
  name: string
  ownerId: string
  relation: Exclude<Relation, 'viewer'>
}

type Asker = Pick<SignedIn, 'userId' | 'platformRole'>

export const isStaff = ({ platformRole }: Pick<Asker, 'platformRole'>) => platformRole !== 'user'

export async function doorOf(
  sql: Sql,
  handle: string,
  asker: Asker,
  need: Need,
): Promise<Door | Refused<'not_found' | 'not_allowed'>> {
  const [channel] = await sql<{ id: string; handle: string; name: string; owner_id: string }>`
    select id, handle, name, owner_id from channels where handle = ${handle.toLowerCase()}`
  if (!channel) return new Refused('not_found')
  const { id: channelId, name, owner_id: ownerId } = channel
  const relation = await relationTo(sql, channelId, asker)
  if (relation === 'viewer' || (need === 'host' && relation !== 'host')) {
    return new Refused('not_allowed')
  }
  return { channelId, handle: channel.handle, name, ownerId, relation }
}

/** What somebody is to a channel; null is the house, which has staff and no crew. */
export async function relationTo(
  sql: Sql,
  channelId: string | null,
  asker: Asker,
): Promise<Relation> {
  const [found] = await sql<{ is_host: boolean; is_moderator: boolean }>`
    select
      exists (select from channels c where c.id = ${channelId}::uuid
        and c.owner_id = ${asker.userId}) as is_host,
      exists (select from channel_moderators m where m.channel_id = ${channelId}::uuid
        and m.user_id = ${asker.userId}) as is_moderator`
  if (found?.is_host) return 'host'
  if (isStaff(asker)) return 'staff'
  return found?.is_moderator ? 'moderator' : 'viewer'
}

/** Of a channel or, without one, of the whole house. */
export async function deskOf(
  sql: Sql,
  handle: string | undefined,
  asker: Asker,
): Promise<{ channelId: string | null } | Refused<'not_found' | 'not_allowed'>> {
  if (handle !== undefined) return await doorOf(sql, handle, asker, 'crew')
  return isStaff(asker) ? { channelId: null } : new Refused('not_allowed')
}
