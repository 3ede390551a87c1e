/** Begins filming anew that failed so often that it waits for its owner. */
import type { Identity, World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type Films, type FilmsDeps, filmingOf } from './films.ts'
import { spentUntil } from './output-budget.ts'
import type { FilmsView } from './protocol.ts'

export interface FilmAgainDeps {
  sql: Sql
  world: Pick<World, 'now'>
  streams: FilmsDeps['streams']
  films: Pick<Films, 'relation'>
  /** That outputs of a channel may run; 0: without end. */
  minutesADay: number
  /** Something is to be filmed. */
  changed(): void
}

type Outcome =
  | FilmsView['filming']
  | Refused<'not_found' | 'not_allowed' | 'not_failed' | 'output_minutes_spent'>

/** As often as it failed, and no sooner: each time with all its tries, later and later. */
export async function filmAgain(
  deps: FilmAgainDeps,
  streamId: string,
  viewer: Identity,
): Promise<Outcome> {
  const { sql, world, streams, films, minutesADay } = deps
  const who = await films.relation(streamId, viewer)
  const stream = await streams.find(streamId)
  if (who === undefined || stream === null) return new Refused('not_found')
  if (who !== 'host') return new Refused('not_allowed')
  const now = world.now()
  const until = await spentUntil(sql, { channelId: stream.channelId, minutesADay, now })
  if (until) return new Refused('output_minutes_spent', { retryAfterMs: until - now })
  const begun = await sql`
    update stream_outputs o set state = 'waiting', attempts = 0, problem = '', refused = null,
      next_at = ${new Date(now)}, changed_at = ${new Date(now)}
    from streams s
    where o.stream_id = ${streamId} and o.target = ${streamId} and o.state = 'failed'
      and s.id = o.stream_id and s.phase = 'live' returning o.target`
  if (begun.length === 0) return new Refused('not_failed')
  deps.changed()
  return await filmingOf(sql, streamId)
}
