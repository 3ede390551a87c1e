/** Finds channels: by beginnings, by words, and by what looks alike when little else is found. */
import type { Database, Sql } from '../platform/database.ts'
import type { Asked } from './asked-words.ts'
import { searchLimits } from './protocol.ts'

/** Ids, best first: exact handle or name, beginnings, words of the name, of the text, lookalikes. */
export async function findChannels(
  { sql, transaction }: Pick<Database, 'sql' | 'transaction'>,
  asked: Asked,
  limit: number,
): Promise<string[]> {
  const isShort = [...asked.text].length < searchLimits.wordsFromChars
  const sure = await (isShort ? byBeginning(sql, asked) : byBeginningAndWords(sql, asked))
  const ids = sure.map((row) => row.id)
  if (isShort || ids.length >= limit) return ids.slice(0, limit)
  const alike = await transaction(async (tx) => {
    await tx`
      select set_config('pg_trgm.word_similarity_threshold',
        ${String(searchLimits.alikeMin)}, true)`
    return await byLikeness(tx, asked, ids)
  })
  return [...ids, ...alike.map((row) => row.id)].slice(0, limit)
}

interface Found {
  id: string
}

async function byBeginning(sql: Sql, asked: Asked): Promise<Found[]> {
  return await sql<Found>`
    with collected as (
      (select id from channels where handle like ${asked.handlePrefix}
        limit ${searchLimits.collectedMax})
      union
      (select id from channels where search_fold(name) like search_fold(${asked.textPrefix})
        limit ${searchLimits.collectedMax})
    )
    select c.id from collected join channels c using (id) join users u on u.id = c.owner_id
    left join streams s on s.channel_id = c.id and s.phase = 'live'
    where u.suspended_at is null
    order by c.handle = ${asked.handle} desc,
      search_fold(c.name) = search_fold(${asked.text}) desc,
      s.id is not null desc, c.followers desc, c.id
    limit ${searchLimits.rankedMax}`
}

async function byBeginningAndWords(sql: Sql, asked: Asked): Promise<Found[]> {
  return await sql<Found>`
    with asked as (
      select search_fold(${asked.text}) as text, search_fold(${asked.textPrefix}) as beginning,
        case when numnode(plainto_tsquery('simple', search_fold(${asked.text}))) > 0
          then (plainto_tsquery('simple', search_fold(${asked.text}))::text || ':*')::tsquery
        end as words
    ), collected as (
      (select id from channels where handle like ${asked.handlePrefix}
        limit ${searchLimits.collectedMax})
      union
      (select id from channels where search_fold(name) like search_fold(${asked.textPrefix})
        limit ${searchLimits.collectedMax})
      union
      (select id from channels
        where search_words @@ (plainto_tsquery('simple', search_fold(${asked.text}))::text
          || case when numnode(plainto_tsquery('simple', search_fold(${asked.text}))) > 0
            then ':*' else '' end)::tsquery
        limit ${searchLimits.collectedMax})
    )
    select c.id from collected join channels c using (id) join users u on u.id = c.owner_id
    cross join asked
    left join streams s on s.channel_id = c.id and s.phase = 'live'
    where u.suspended_at is null
    order by
      case
        when c.handle = ${asked.handle} then 0
        when search_fold(c.name) = asked.text then 1
        when c.handle like ${asked.handlePrefix} then 2
        when search_fold(c.name) like asked.beginning then 2
        when to_tsvector('simple', c.search_text) @@ asked.words then 3
        else 4
      end,
      s.id is not null desc, c.followers desc, c.id
    limit ${searchLimits.rankedMax}`
}

async function byLikeness(sql: Sql, asked: Asked, known: string[]): Promise<Found[]> {
  return await sql<Found>`
    select c.id from channels c join users u on u.id = c.owner_id
    left join streams s on s.channel_id = c.id and s.phase = 'live'
    where search_fold(${asked.text}) operator(public.<%) c.search_text
      and u.suspended_at is null and not c.id = any(${known}::uuid[])
    order by
      round(public.word_similarity(search_fold(${asked.text}), c.search_text)::numeric, 1) desc,
      s.id is not null desc, c.followers desc, c.id
    limit ${searchLimits.rankedMax}`
}
