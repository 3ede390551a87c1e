/** Channels (LIVE-30…33): found by handle, paged, changed by their owner alone. */
import { LockMode } from '@mikro-orm/core'
import type { World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { Forgetting } from '../platform/shared/forgetting.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'
import { type ChannelViews, channelViews } from './channel-views.ts'
import { type Channel, ChannelEntity } from './entities.ts'
import { type Follows, follows } from './follows.ts'
import type { ChannelChange, ChannelView } from './protocol.ts'

export interface ChannelQuery {
  category?: NonNullable<ChannelView['category']>
  language?: string
  country?: string
  before?: string
  limit: number
}

export interface Channels {
  follows: Follows
  views: Pick<ChannelViews, 'byIds'>
  byHandle(handle: string): Promise<ChannelView | null>
  /** Newest first; `before` is the id of the last channel of the page before. */
  page(query: ChannelQuery): Promise<{ channels: ChannelView[]; more: boolean }>
  update(options: {
    handle: string
    ownerId: string
    change: ChannelChange
  }): Promise<ChannelView | Refused<'not_found' | 'not_allowed'>>
  /** A kept picture as avatar or banner, or none. */
  setPicture(options: {
    handle: string
    ownerId: string
    part: 'avatar' | 'banner'
    mediaId: string | null
  }): Promise<ChannelView | Refused<'not_found' | 'not_allowed'>>
  /** The channel when it is this person's own; else why not. */
  owned(
    handle: string,
    ownerId: string,
  ): Promise<ChannelView | Refused<'not_found' | 'not_allowed'>>
  /** The account's channel, made now if it has none. Null when there is no such account. */
  ensure(ownerId: string): Promise<{ id: string; handle: string; name: string } | null>
  /** Something of the channel was stored: forgets what was read before and tells its rooms. */
  changed(channelId: string): void
  /** The same for what its rooms know already. */
  forget(channelId: string): void
}

export interface ChannelsDeps {
  database: Pick<Database, 'em' | 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  /** The rooms of a channel that are open here. */
  rooms?: Pick<OpenRooms, 'ofChannel'>
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

export function channels({ database, world, rooms, forgetting }: ChannelsDeps): Channels {
  const { em } = database
  const views = channelViews({ database, world, forgetting })
  const changed = (channelId: string) => {
    views.forget(channelId)
    for (const room of rooms?.ofChannel(channelId) ?? []) room.refreshChannel?.()
  }
  const refreshStanding = (channelId: string, userId: string) => {
    views.forget(channelId)
    for (const room of rooms?.ofChannel(channelId) ?? []) room.refreshStanding?.(userId)
  }

  const changeOwn = async (handle: string, ownerId: string, change: (own: Channel) => void) => {
    await ensure({ database, world }, ownerId, handle)
    const found = await em().transactional(async (work) => {
      // A room may be saving the modes of its chat at this moment.
      const channel = await work.findOne(
        ChannelEntity,
        { handle: handle.toLowerCase() },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      )
      if (channel?.ownerId !== ownerId) return channel
      change(channel)
      channel.updatedAt = new Date(world.now())
      await work.flush()
      return channel
    })
    if (!found) return new Refused('not_found')
    if (found.ownerId !== ownerId) return new Refused('not_allowed')
    changed(found.id)
    return (await views.of([found]))[0] as ChannelView
  }

  return {
    follows: follows({ database, world, views, changed: refreshStanding }),
    views,
    changed,
    forget: views.forget,
    byHandle: views.byHandle,

    async page({ before, limit, ...filters }) {
      const found = await em().find(
        ChannelEntity,
        { ...filters, ...(before !== undefined && { id: { $lt: before } }) },
        { orderBy: { id: 'desc' }, limit: limit + 1 },
      )
      return { channels: await views.of(found.slice(0, limit)), more: found.length > limit }
    },

    async owned(handle, ownerId) {
      const found = await views.byHandle(handle)
      if (!found) return new Refused('not_found')
      return found.ownerId === ownerId ? found : new Refused('not_allowed')
    },

    update: ({ handle, ownerId, change }) =>
      changeOwn(handle, ownerId, (channel) => apply(channel, change)),

    setPicture: ({ handle, ownerId, part, mediaId }) =>
      changeOwn(handle, ownerId, (channel) => {
        channel[part === 'avatar' ? 'avatarId' : 'bannerId'] = mediaId
      }),

    ensure: (ownerId) => ensure({ database, world }, ownerId),
  }
}

function apply(channel: Channel, { settings, ...rest }: ChannelChange): void {
  Object.assign(channel, rest)
  if (!settings) return
  const { chat, ...others } = settings
  channel.settings = {
    ...channel.settings,
    ...others,
    ...(chat && { chat: { ...channel.settings.chat, ...chat } }),
  }
}

/** With a handle, only when that is the account's own: nobody opens a channel by asking for one. */
async function ensure({ database, world }: ChannelsDeps, ownerId: string, handle?: string) {
  const { sql } = database
  const at = new Date(world.now())
  // Two first streams at once must end with one channel, so the database decides.
  await sql`
    insert into channels (id, owner_id, handle, name, created_at, updated_at)
    select ${world.newId()}, id, username, name, ${at}, ${at} from users
    where id = ${ownerId} and username = coalesce(${handle?.toLowerCase() ?? null}, username)
    on conflict do nothing`
  const [found] = await sql<{ id: string; handle: string; name: string }>`
    select id, handle, name from channels where owner_id = ${ownerId}`
  return found ?? null
}
