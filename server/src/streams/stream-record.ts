/**
 * A stream with its channel as rooms know it. Read at every seat that is asked for, so it is one
 * plain statement for all who ask at the same time.
 */
import type { StreamFacts } from '@odeon/rooms/ports'
import { validate as isUuid } from 'uuid'
import { pictureUrl } from '../media/protocol.ts'
import type { Sql } from '../platform/database.ts'

interface Row extends Omit<StreamFacts, 'avatarUrl' | 'channelId'> {
  channel_id: string
  avatar_id: string | null
}

/** In the order of the ids; null for those that are none, or nobody's. */
export async function recordsOf(sql: Sql, streamIds: string[]): Promise<(StreamFacts | null)[]> {
  const known = [...new Set(streamIds.filter((id) => isUuid(id)))]
  const rows = await sql<Row>`
    select s.id, s.title, s.medium, s.phase, s.host_id as "hostId",
      c.id as channel_id, c.handle as channel,
      c.name, c.avatar_id, c.country, coalesce(s.category, c.category) as category,
      coalesce(s.language, c.language) as language,
      coalesce(floor(extract(epoch from s.started_at) * 1000), 0)::float8 as "startedAt",
      coalesce(floor(extract(epoch from s.ended_at) * 1000), 0)::float8 as "endedAt"
    from streams s join channels c on c.id = s.channel_id
    where s.id = any(${known}::uuid[])`
  const byId = new Map(rows.map((row) => [row.id, recordOf(row)]))
  return streamIds.map((id) => byId.get(id.toLowerCase()) ?? null)
}

function recordOf({ channel_id: channelId, avatar_id: avatarId, ...rest }: Row): StreamFacts {
  return { ...rest, channelId, avatarUrl: pictureUrl('avatar', avatarId) }
}
