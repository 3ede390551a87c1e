/** Finds live streams: by their title, or because their channel was found. */
import type { Database } from '../platform/database.ts'
import type { Asked } from './asked-words.ts'
import { searchLimits } from './protocol.ts'

/** Ids, best first. */
export async function findStreams(
  { transaction }: Pick<Database, 'transaction'>,
  { asked, channelIds, limit }: { asked: Asked; channelIds: string[]; limit: number },
): Promise<string[]> {
  const within = `%${asked.textPrefix}`
  const rows = await transaction(async (tx) => {
    await tx`
      select set_config('pg_trgm.word_similarity_threshold',
        ${String(searchLimits.alikeMin)}, true)`
    return await tx<{ id: string }>`
      select s.id from streams s join users u on u.id = s.host_id
      where s.phase = 'live' and u.suspended_at is null and (
        search_fold(s.title) like search_fold(${within})
        or search_fold(${asked.text}) operator(public.<%) search_fold(s.title)
        or s.channel_id = any(${channelIds}::uuid[]))
      order by search_fold(s.title) like search_fold(${asked.textPrefix}) desc,
        search_fold(s.title) like search_fold(${within}) desc,
        array_position(${channelIds}::uuid[], s.channel_id),
        round(public.word_similarity(search_fold(${asked.text}), search_fold(s.title))::numeric, 1)
          desc,
        s.started_at desc, s.id
      limit ${limit}`
  })
  return rows.map((row) => row.id)
}
