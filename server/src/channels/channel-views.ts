/** Channels as everybody sees them, read once and kept until they change (LIVE-33). */
import type { World } from '@odeon/rooms/ports'
import { pictureUrl } from '../media/protocol.ts'
import type { Database, Sql } from '../platform/database.ts'
import { ExpiringCache } from '../platform/expiring-cache.ts'
import type { Forgetting } from '../platform/shared/forgetting.ts'
import { type Channel, ChannelEntity } from './entities.ts'
import { type ChannelView, channelLimits, settingsFrom } from './protocol.ts'

export interface ChannelViews {
  byHandle(handle: string): Promise<ChannelView | null>
  /** In the order of the ids; those that are gone are left out. */
  byIds(ids: string[]): Promise<ChannelView[]>
  of(found: Channel[]): Promise<ChannelView[]>
  /** Call it when a change of the channel is stored. */
  forget(channelId: string): void
}

export interface ChannelViewsDeps {
  database: Pick<Database, 'em' | 'sql'>
  world: Pick<World, 'now'>
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

export function channelViews({ database, world, forgetting }: ChannelViewsDeps): ChannelViews {
  const { em, sql } = database
  const bounds = { entriesMax: channelLimits.cachedMax, now: world.now }
  const kept = new ExpiringCache<string, ChannelView | null>({
    ...bounds,
    ttlMs: channelLimits.cachedMs,
  })
  forgetting?.share('channels', kept)
  // A handle is a channel's for as long as the channel lives.
  const ids = new ExpiringCache<string, string | null>({ ...bounds, ttlMs: channelLimits.cachedMs })

  const of = async (found: Channel[]) => {
    const live = await liveStreams(
      sql,
      found.map((channel) => channel.id),
    )
    return found.map((channel) => view(channel, live.get(channel.id)))
  }

  const byId = async (id: string) => {
    const known = await kept.get(id, async () => {
      const found = await em().findOne(ChannelEntity, { id })
      return found ? ((await of([found]))[0] ?? null) : null
    })
    if (known === null) kept.forget(id)
    return known
  }

  return {
    of,
    forget: (channelId) => kept.delete(channelId),

    async byHandle(given) {
      const handle = given.toLowerCase()
      const id = await ids.get(handle, async () => {
        const [found] = await sql<{ id: string }>`select id from channels where handle = ${handle}`
        return found?.id ?? null
      })
      // That there is none may change at any moment, so it is asked anew each time.
      const known = id === null ? null : await byId(id)
      if (known === null) ids.delete(handle)
      return known
    },

    async byIds(wanted) {
      const found = await em().find(ChannelEntity, { id: { $in: wanted } })
      const views = new Map((await of(found)).map((one) => [one.id, one]))
      return wanted.flatMap((id) => views.get(id) ?? [])
    },
  }
}

async function liveStreams(sql: Sql, channelIds: string[]): Promise<Map<string, string>> {
  if (channelIds.length === 0) return new Map()
  const rows = await sql<{ id: string; channel_id: string }>`
    select id, channel_id from streams where phase = 'live' and channel_id = any(${channelIds})`
  return new Map(rows.map((row) => [row.channel_id, row.id]))
}

function view(channel: Channel, liveStreamId: string | undefined): ChannelView {
  const { id, ownerId, handle, name, about, links, schedule, followers } = channel
  return {
    id,
    ownerId,
    handle,
    name,
    about,
    links,
    schedule,
    avatarUrl: pictureUrl('avatar', channel.avatarId),
    bannerUrl: pictureUrl('banner', channel.bannerId),
    category: channel.category ?? null,
    language: channel.language ?? null,
    country: channel.country ?? null,
    settings: settingsFrom(channel.settings),
    followers,
    statistics: {
      streams: channel.streams,
      liveMs: Number(channel.liveMs),
      viewersPeak: channel.viewersPeak,
    },
    liveStreamId: liveStreamId ?? null,
    createdAt: channel.createdAt.getTime(),
  }
}
