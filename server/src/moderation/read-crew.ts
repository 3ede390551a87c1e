/** Who runs a channel: its host, moderators and VIPs, longest first. */
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'
import type { CrewView } from './protocol.ts'

export async function readCrew(sql: Sql, handle: string): Promise<CrewView | null> {
  const [channel] = await sql<CrewView['host'] & { channel_id: string }>`
    select c.id as channel_id, u.id, u.name, u.username
    from channels c join users u on u.id = c.owner_id where c.handle = ${handle.toLowerCase()}`
  if (!channel) return null
  const { channel_id: channelId, ...host } = channel
  type Member = CrewView['moderators'][number]
  const [moderators, vips] = await Promise.all([
    sql<Member>`
      select u.id, u.name, u.username,
        floor(extract(epoch from m.granted_at) * 1000)::float8 as since
      from channel_moderators m join users u on u.id = m.user_id
      where m.channel_id = ${channelId} order by m.granted_at limit ${houseLimits.moderatorsMax}`,
    sql<Member>`
      select u.id, u.name, u.username,
        floor(extract(epoch from v.granted_at) * 1000)::float8 as since
      from channel_vips v join users u on u.id = v.user_id
      where v.channel_id = ${channelId} order by v.granted_at limit ${houseLimits.vipsMax}`,
  ])
  return { host, moderators, vips }
}
