/** Who follows what (SOC-01). The database keeps the counts, so that no race can bend them. */
import type { World } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { ChannelViews } from './channel-views.ts'
import { type ChannelPage, channelLimits, type FollowStanding } from './protocol.ts'

export type FollowRefusal = 'not_found' | 'own_channel' | 'blocked' | 'too_many_follows'
export type FollowedChannel = ChannelPage & { followedAt: number }

export interface Follows {
  /** Again changes nothing: the time goes on from the first. */
  follow(handle: string, userId: string): Promise<FollowStanding | Refused<FollowRefusal>>
  unfollow(handle: string, userId: string): Promise<FollowStanding | Refused<'not_found'>>
  /** Unix ms since when, or null. */
  since(channelId: string, userId: string): Promise<number | null>
  /** Without `before` the live ones come first; the others by the time of the follow. */
  of(userId: string, page: { before?: number; limit: number }): Promise<FollowedChannel[]>
}

export interface FollowsDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now'>
  views: Pick<ChannelViews, 'byIds'>
  changed(channelId: string, userId: string): void
}

interface Row {
  id: string
  owner_id: string
}

export function follows({ database, world, views, changed }: FollowsDeps): Follows {
  const { sql, transaction } = database
  return {
    since: (channelId, userId) => since(sql, channelId, userId),

    async follow(handle, userId) {
      const outcome = await transaction(async (tx) => {
        // Held until the end: a block that comes meanwhile waits and then finds this follow.
        const [channel] = await tx<Row>`
          select id, owner_id from channels where handle = ${handle.toLowerCase()}
          for no key update`
        if (!channel) return new Refused('not_found')
        const refusal = await mayFollow(tx, channel, userId)
        if (refusal) return refusal
        await tx`
          insert into follows (channel_id, user_id, followed_at)
          values (${channel.id}, ${userId}, ${new Date(world.now())})
          on conflict do nothing`
        return { id: channel.id, standing: await standing(tx, channel.id, userId) }
      })
      if (outcome instanceof Refused) return outcome
      changed(outcome.id, userId)
      return outcome.standing
    },

    async unfollow(handle, userId) {
      const outcome = await transaction(async (tx) => {
        const [channel] = await tx<Row>`
          select id from channels where handle = ${handle.toLowerCase()} for no key update`
        if (!channel) return new Refused('not_found')
        await tx`delete from follows where channel_id = ${channel.id} and user_id = ${userId}`
        return { id: channel.id, standing: await standing(tx, channel.id, userId) }
      })
      if (outcome instanceof Refused) return outcome
      changed(outcome.id, userId)
      return outcome.standing
    },

    async of(userId, { before, limit }) {
      const first = before === undefined ? await liveOf(sql, userId) : []
      const rows = [...first, ...(await restOf(sql, userId, before, limit))]
      const at = new Map(rows.map((row) => [row.channel_id, Number(row.at)]))
      const channels = await views.byIds([...at.keys()])
      return channels.map((channel) => ({
        ...channel,
        isFollowing: true,
        followedAt: at.get(channel.id) as number,
      }))
    },
  }
}

async function mayFollow(tx: Sql, channel: Row, userId: string) {
  if (channel.owner_id === userId) return new Refused('own_channel')
  const [facts] = await tx<{ is_blocked: boolean; is_full: boolean }>`
    select exists (select from blocks
        where blocker_id = ${channel.owner_id} and blocked_id = ${userId}) as is_blocked,
      (select count(*) from follows where user_id = ${userId}) >= ${channelLimits.followingMax}
        and not exists (select from follows
          where user_id = ${userId} and channel_id = ${channel.id}) as is_full`
  if (facts?.is_blocked) return new Refused('blocked')
  return facts?.is_full ? new Refused('too_many_follows') : undefined
}

async function since(sql: Sql, channelId: string, userId: string): Promise<number | null> {
  const [follow] = await sql<{ at: string }>`
    select extract(epoch from followed_at) * 1000 as at from follows
    where channel_id = ${channelId} and user_id = ${userId}`
  return follow ? Number(follow.at) : null
}

async function standing(tx: Sql, channelId: string, userId: string): Promise<FollowStanding> {
  const [row] = await tx<{ followers: number }>`
    select followers from channels where id = ${channelId}`
  const followedAt = await since(tx, channelId, userId)
  return { isFollowing: followedAt !== null, followedAt, followers: row?.followers ?? 0 }
}

interface FollowRow {
  channel_id: string
  at: string
}

async function liveOf(sql: Sql, userId: string): Promise<FollowRow[]> {
  return await sql<FollowRow>`
    select f.channel_id, extract(epoch from f.followed_at) * 1000 as at
    from follows f join streams s on s.channel_id = f.channel_id and s.phase = 'live'
    where f.user_id = ${userId} order by s.started_at desc limit ${channelLimits.pageMax}`
}

async function restOf(sql: Sql, userId: string, before: number | undefined, limit: number) {
  const until = before === undefined ? null : new Date(before)
  return await sql<FollowRow>`
    select f.channel_id, extract(epoch from f.followed_at) * 1000 as at from follows f
    where f.user_id = ${userId} and (${until}::timestamptz is null or f.followed_at < ${until})
      and not exists (select from streams s where s.channel_id = f.channel_id and s.phase = 'live')
    order by f.followed_at desc, f.channel_id desc limit ${limit}`
}
