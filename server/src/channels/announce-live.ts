/** Tells the followers of a channel that it went live: newest follows first, a bounded number. */
import type { Notices, World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { channelLimits } from './protocol.ts'

type NewNotice = Parameters<Notices['notify']>[1]

export interface AnnounceLiveDeps {
  database: Pick<Database, 'sql'>
  world: Pick<World, 'now'>
  /** Whoever takes the notices bounds how many it tells at once. */
  notifyAll(userIds: string[], notice: NewNotice): Promise<void>
}

interface Row {
  channel_id: string
  owner_id: string
  handle: string
  name: string
  title: string
}

/** Resolves with the number of those told; 0 when they were told of another stream lately. */
export async function announceLive(deps: AnnounceLiveDeps, streamId: string): Promise<number> {
  const { sql } = deps.database
  const now = deps.world.now()
  const lately = new Date(now - channelLimits.toldEveryMs)
  // Of many who start streams in a row, or at once, one announces.
  const [live] = await sql<Row>`
    update channels c set announced_at = ${new Date(now)} from streams s
    where s.id = ${streamId} and s.channel_id = c.id and s.phase = 'live'
      and (c.announced_at is null or c.announced_at <= ${lately})
    returning c.id as channel_id, c.owner_id, c.handle, c.name, s.title`
  if (!live) return 0
  const followers = await sql<{ user_id: string }>`
    select f.user_id from follows f join users u on u.id = f.user_id
    where f.channel_id = ${live.channel_id} and u.suspended_at is null
    order by f.followed_at desc, f.user_id limit ${channelLimits.toldMax}`
  const notice: NewNotice = {
    kind: 'went_live',
    channel: { id: live.channel_id, handle: live.handle, name: live.name },
    from: { id: live.owner_id, name: live.name },
    text: live.title,
    path: `/live/${streamId}`,
    sanctionId: null,
    until: null,
  }
  const ids = followers.map((one) => one.user_id)
  await deps.notifyAll(ids, notice)
  return ids.length
}
