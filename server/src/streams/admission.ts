/** Who a person is in a stream's room, or why they may not enter; asked anew at each joining. */
import type { RoomTier, StreamMedium } from '@odeon/rooms/protocol'
import type { Admission, Identity } from '@odeon/rooms/ports'
import { heaviestSanction } from '../moderation/sanctions.ts'
import type { Sql } from '../platform/database.ts'
import { houseTiers } from '../tiers/house-tiers.ts'

interface Facts {
  host_id: string | null
  channel_id: string
  is_known: boolean
  is_suspended: boolean
  is_staff: boolean
  is_moderator: boolean
  is_blocked: boolean
  is_vip: boolean
  is_marked: boolean
  is_sanctioned: boolean
  is_over: boolean
  medium: StreamMedium
  followed_at: number | null
  tier_level: number | null
  tier_until: number | null
}

export interface Asked {
  streamId: string
  identity: Identity
  /** Unix ms. */
  at: number
}

export async function admit(sql: Sql, asked: Asked): Promise<Admission> {
  return (await admitAll(sql, [asked]))[0] as Admission
}

/**
 * In this order: no such stream, suspended, host, moderator of the platform, blocked, moderator of
 * the channel, viewer. A ban from chat keeps nobody out: it travels in the standing.
 */
export async function admitAll(sql: Sql, all: Asked[]): Promise<Admission[]> {
  const facts = await factsOf(sql, all)
  return Promise.all(all.map((asked, at) => admission(sql, asked, facts[at])))
}

/** In the order asked; a stream that does not exist has no host. */
function factsOf(sql: Sql, all: Asked[]): Promise<Facts[]> {
  return sql<Facts>`
    select s.host_id, s.channel_id, s.medium, s.phase = 'ended' as is_over,
      u.id is not null as is_known,
      u.suspended_at is not null as is_suspended,
      coalesce(u.platform_role in ('moderator', 'admin'), false) as is_staff,
      exists (select from channel_moderators m
        where m.channel_id = s.channel_id and m.user_id = a.user_id) as is_moderator,
      exists (select from channel_vips v
        where v.channel_id = s.channel_id and v.user_id = a.user_id) as is_vip,
      exists (select from blocks b where b.blocker_id = s.host_id and b.blocked_id = a.user_id)
        as is_blocked,
      exists (select from ban_list_subscriptions n
        join ban_list_entries e on e.list_id = n.list_id and e.user_id = a.user_id
        where n.channel_id = s.channel_id and n.mode = 'mark' and e.revoked_at is null
          and (e.expires_at is null or e.expires_at > to_timestamp(a.at / 1000))) as is_marked,
      exists (select from sanctions t where t.user_id = a.user_id
        and t.lifted_at is null and t.kind in ('timeout', 'ban'))
        as is_sanctioned,
      (select floor(extract(epoch from f.followed_at) * 1000)::float8 from follows f
        where f.channel_id = s.channel_id and f.user_id = a.user_id) as followed_at,
      og.level as tier_level, floor(extract(epoch from og.until) * 1000)::float8 as tier_until
    from unnest(${all.map(({ streamId }) => streamId)}::uuid[],
        ${all.map(({ identity }) => identity.userId)}::uuid[],
        ${all.map(({ at }) => at)}::float8[])
      with ordinality as a (stream_id, user_id, at, place)
    left join streams s on s.id = a.stream_id
    left join users u on u.id = a.user_id
    left join lateral og_tier_at(a.user_id, to_timestamp(a.at / 1000)) og on true
    order by a.place`
}

async function admission(
  sql: Sql,
  { identity: { userId }, at }: Asked,
  facts: Facts | undefined,
): Promise<Admission> {
  if (!facts?.host_id) return { refused: 'not_found' }
  // A token outlives its account by some minutes; the account is what counts.
  if (!facts.is_known || facts.is_suspended) return { refused: 'banned' }
  const role = roleIn(facts, userId)
  if (!role) return { refused: 'blocked' }
  const { channel_id: channelId, is_vip: isVip, followed_at: followedAt } = facts
  const sanction = facts.is_sanctioned
    ? await heaviestSanction(sql, { channelId, userId, at })
    : null
  return {
    role,
    standing: { sanction, isVip, followedAt, ...tierIn(facts) },
    ...(facts.is_marked && role === 'viewer' && { isMarked: true }),
    ...(facts.is_over && { isOver: true }),
    ...(facts.medium === 'audio' && { medium: facts.medium }),
  }
}

function tierIn({ tier_level: level, tier_until: until }: Facts): { tier?: RoomTier } {
  if (level === null || until === null) return {}
  const kind = houseTiers.find((one) => one.level === level)
  return { tier: { level, until, privileges: kind?.chatPrivileges ?? [] } }
}

function roleIn(facts: Facts, userId: string): 'host' | 'moderator' | 'viewer' | undefined {
  if (facts.host_id === userId) return 'host'
  if (facts.is_staff) return 'moderator'
  if (facts.is_blocked) return undefined
  return facts.is_moderator ? 'moderator' : 'viewer'
}
