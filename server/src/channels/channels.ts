/** Channels (LIVE-30…32): found by handle, paged, changed by their owner alone. */
import type { World } from '@odeon/rooms/ports'
import { pictureUrl } from '../media/protocol.ts'
import type { Database, Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type Channel, ChannelEntity } from './entities.ts'
import { type ChannelChange, type ChannelView, settingsFrom } from './protocol.ts'

export interface Channels {
  byHandle(handle: string): Promise<ChannelView | null>
  /** Newest first; `before` is the id of the last channel of the page before. */
  page(options: { before?: string; limit: number }): Promise<{
    channels: ChannelView[]
    more: boolean
  }>
  update(options: {
    handle: string
    ownerId: string
    change: ChannelChange
  }): Promise<ChannelView | Refused<'not_found' | 'not_allowed'>>
  /** The account's channel, made now if it has none. Null when there is no such account. */
  ensure(ownerId: string): Promise<{ id: string; handle: string; name: string } | null>
}

export interface ChannelsDeps {
  database: Pick<Database, 'em' | 'sql'>
  world: Pick<World, 'now' | 'newId'>
}

export function channels({ database, world }: ChannelsDeps): Channels {
  const { em, sql } = database

  const views = async (found: Channel[]) => {
    const live = await liveStreams(
      sql,
      found.map((channel) => channel.id),
    )
    return found.map((channel) => view(channel, live.get(channel.id)))
  }

  return {
    async byHandle(handle) {
      const found = await em().findOne(ChannelEntity, { handle: handle.toLowerCase() })
      return found ? ((await views([found]))[0] ?? null) : null
    },

    async page({ before, limit }) {
      const found = await em().find(
        ChannelEntity,
        before === undefined ? {} : { id: { $lt: before } },
        { orderBy: { id: 'desc' }, limit: limit + 1 },
      )
      return { channels: await views(found.slice(0, limit)), more: found.length > limit }
    },

    async update({ handle, ownerId, change }) {
      const work = em()
      const found = await work.findOne(ChannelEntity, { handle: handle.toLowerCase() })
      if (!found) return new Refused('not_found')
      if (found.ownerId !== ownerId) return new Refused('not_allowed')
      const { settings, ...rest } = change
      work.assign(found, {
        ...rest,
        ...(settings && {
          settings: {
            ...found.settings,
            ...settings,
            chat: { ...found.settings.chat, ...settings.chat },
          },
        }),
        updatedAt: new Date(world.now()),
      })
      await work.flush()
      return (await views([found]))[0] as ChannelView
    },

    async ensure(ownerId) {
      const at = new Date(world.now())
      // Two first streams at once must end with one channel, so the database decides.
      await sql`
        insert into channels (id, owner_id, handle, name, created_at, updated_at)
        select ${world.newId()}, id, username, name, ${at}, ${at} from users
        where id = ${ownerId} and username is not null
        on conflict (owner_id) do nothing`
      const [found] = await sql<{ id: string; handle: string; name: string }>`
        select id, handle, name from channels where owner_id = ${ownerId}`
      return found ?? null
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
  const { id, ownerId, handle, name, about, links, schedule } = channel
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
    followers: channel.followers,
    statistics: {
      streams: channel.streams,
      liveMs: Number(channel.liveMs),
      viewersPeak: channel.viewersPeak,
    },
    liveStreamId: liveStreamId ?? null,
    createdAt: channel.createdAt.getTime(),
  }
}
