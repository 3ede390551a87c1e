/** Finds channels: by beginnings, by words, and by what looks alike when nothing else is found. */
import type { Database, Sql } from '../platform/database.ts'
import { type Asked, beginning } from './asked-words.ts'
import { type Folded, forgive } from './fold.ts'
import { searchLimits } from './protocol.ts'

/** Ids, best first: exact handle or name, beginnings, words of name and text, lookalikes. */
export async function findChannels(
  { sql, transaction }: Pick<Database, 'sql' | 'transaction'>,
  { asked, folded, limit }: { asked: Asked; folded: Folded; limit: number },
): Promise<string[]> {
  const sure = await surely(sql, asked, folded)
  const rows =
    sure.length > 0 || !folded.isForgiven
      ? sure
      : await transaction(async (tx) => {
          await forgive(tx)
          return await byLikeness(tx, folded.text)
        })
  return rows.slice(0, limit).map((row) => row.id)
}

interface Found {
  id: string
}

/** What an index gives is bounded; the popular and the live are always among what is ranked. */
async function surely(sql: Sql, asked: Asked, { text, words }: Folded): Promise<Found[]> {
  const named = beginning(text)
  const any = words && `${words}:*`
  const { collectedMax, popularMax, liveMax, rankedMax } = searchLimits
  return await sql<Found>`
    with popular as materialized (
      select id, handle, search_name, search_words from channels
      order by followers desc, id limit ${popularMax}
    ), live as materialized (
      select c.* from (
        select channel_id from streams where phase = 'live' order by id desc limit ${liveMax}
      ) s cross join lateral (
        select id, handle, search_name, search_words from channels
        where id = s.channel_id limit 1
      ) c
    ), collected as (
      (select id from channels where handle like ${asked.handlePrefix} limit ${collectedMax})
      union
      (select id from channels where search_name like ${named} limit ${collectedMax})
      union
      (select id from channels where search_words @@ ${any}::tsquery limit ${collectedMax})
      union
      select id from (select * from popular union all select * from live) known
      where handle like ${asked.handlePrefix} or search_name like ${named}
        or search_words @@ ${any}::tsquery
    ), ranked as (
      select c.id, c.owner_id, row_number() over (order by
        case
          when c.handle = ${asked.handle} then 0
          when c.search_name = ${text} then 1
          when c.handle like ${asked.handlePrefix} or c.search_name like ${named} then 2
          when c.search_words @@ ${any && `${any}A`}::tsquery then 3
          else 4
        end,
        exists (select from streams s where s.channel_id = c.id and s.phase = 'live') desc,
        c.followers desc, c.id) as place
      from collected cross join lateral (
        select * from channels where id = collected.id limit 1
      ) c
      order by place limit ${rankedMax}
    )
    select r.id from ranked r join users u on u.id = r.owner_id
    where u.suspended_at is null order by r.place`
}

async function byLikeness(sql: Sql, text: string): Promise<Found[]> {
  return await sql<Found>`
    with alike as materialized (
      select id, owner_id, followers, search_text from channels
      where ${text} operator(public.<%) search_text limit ${searchLimits.alikeMax}
    )
    select a.id from alike a join users u on u.id = a.owner_id
    where u.suspended_at is null
    order by round(public.word_similarity(${text}, a.search_text)::numeric, 1) desc,
      exists (select from streams s where s.channel_id = a.id and s.phase = 'live') desc,
      a.followers desc, a.id
    limit ${searchLimits.rankedMax}`
}
