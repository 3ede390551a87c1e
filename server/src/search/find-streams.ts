/** Finds live streams: by their title, or because their channel was found. */
import type { Database, Sql } from '../platform/database.ts'
import { beginning } from './asked-words.ts'
import { type Folded, forgive } from './fold.ts'

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
    sure.length > 0 || sought.folded.words === null
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
    select s.id from streams s join users u on u.id = s.host_id
    where s.phase = 'live' and u.suspended_at is null
      and (s.search_title like ${within} or s.channel_id = any(${channelIds}::uuid[]))
    order by s.search_title like ${begins} desc, s.search_title like ${within} desc,
      array_position(${channelIds}::uuid[], s.channel_id), s.started_at desc, s.id
    limit ${limit}`
}

async function byLikeness(sql: Sql, { folded, limit }: Sought): Promise<Found[]> {
  return await sql<Found>`
    select s.id from streams s join users u on u.id = s.host_id
    where s.phase = 'live' and u.suspended_at is null
      and ${folded.text} operator(public.<%) s.search_title
    order by public.word_similarity(${folded.text}, s.search_title) desc, s.started_at desc, s.id
    limit ${limit}`
}
