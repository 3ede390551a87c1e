/** Films of streams, as their hosts see them. */
import type { Sql } from '../platform/database.ts'
import type { FilmView } from './protocol.ts'

/** Null while there is none; undefined for whoever is not the stream's host. */
export async function filmOf(
  sql: Sql,
  streamId: string,
  hostId: string,
): Promise<FilmView | null | undefined> {
  const [row] = await sql<Omit<FilmView, 'state'> & { state: FilmView['state'] | null }>`
    select o.state, o.problem, o.attempts, o.files,
      floor(extract(epoch from o.changed_at) * 1000)::float8 as "changedAt"
    from streams s left join stream_outputs o on o.stream_id = s.id and o.target = s.id
    where s.id = ${streamId} and s.host_id = ${hostId}`
  if (row === undefined) return undefined
  const { state } = row
  return state === null ? null : { ...row, state }
}

export async function hlsOf(sql: Sql, streamId: string, url: string | undefined) {
  if (url === undefined) return null
  const [row] = await sql`
    select from stream_outputs o join streams s on s.id = o.stream_id and s.medium = 'video'
    where o.stream_id = ${streamId} and o.target = ${streamId} and o.state = 'live'`
  return row === undefined ? null : `${url}/hls/${streamId}/live.m3u8`
}
