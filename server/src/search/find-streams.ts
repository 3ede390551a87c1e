/** Finds live streams: by their title, or because their channel was found. */
import type { Database, Sql } from '../platform/database.ts'
import { beginning } from './asked-words.ts'
import { type Folded, forgive } from './fold.ts'
import { searchLimits } from './protocol.ts'

interface Sought {
  folded: Folded
  channelIds: string[]
  limit: number
}

/** Ids, best first; lookalikes only when nothing else is found. */
export async function findStreams(
  { sql, transaction }: Pick<Database, 'sql' | 'transaction'>,
  sought: Sought,
): Promise<string[]> {
  const sure = await surely(sql, sought)
  const rows =
    sure.length > 0 || !sought.folded.isForgiven
      ? sure
      : await transaction(async (tx) => {
          await forgive(tx)
          return await byLikeness(tx, sought)
        })
  return rows.map((row) => row.id)
}

interface Found {
  id: string
}

async function surely(sql: Sql, { folded, channelIds, limit }: Sought): Promise<Found[]> {
  const begins = beginning(folded.text)
  // One or two letters are in every title, so they must be at its beginning.
  const within = folded.words === null ? begins : `%${begins}`
  return await sql<Found>`
    with ranked as (
      select id, host_id, row_number() over (order by
        search_title like ${begins} desc, search_title like ${within} desc,
        array_position(${channelIds}::uuid[], channel_id), started_at desc, id) as place
      from streams
      where phase = 'live'
        and (search_title like ${within} or channel_id = any(${channelIds}::uuid[]))
      order by place limit ${searchLimits.rankedMax}
    )
    select r.id from ranked r join users u on u.id = r.host_id
    where u.suspended_at is null order by r.place limit ${limit}`
}

async function byLikeness(sql: Sql, { folded, limit }: Sought): Promise<Found[]> {
  return await sql<Found>`
    with ranked as (
      select id, host_id, row_number() over (order by
        public.word_similarity(${folded.text}, search_title) desc, started_at desc, id) as place
      from streams where phase = 'live' and ${folded.text} operator(public.<%) search_title
      order by place limit ${searchLimits.rankedMax}
    )
    select r.id from ranked r join users u on u.id = r.host_id
    where u.suspended_at is null order by r.place limit ${limit}`
}
