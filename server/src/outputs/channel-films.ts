/** All films of a channel for its owner: by stream, how each is made, how long it is kept. */
import type { World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { FilmStore } from './film-store.ts'
import { type FilmRow, shownFilm } from './films.ts'
import {
  type ChannelFilmsView,
  type FilmedStream,
  type OutputView,
  outputLimits,
} from './protocol.ts'
import type { OutputSettings } from './settings.ts'

export interface ChannelFilmsDeps {
  sql: Sql
  world: Pick<World, 'now'>
  store: FilmStore | undefined
  settings: OutputSettings | undefined
  keptDays: number
}

interface StreamRow extends Omit<OutputView, 'state'> {
  id: string
  title: string
  medium: 'video' | 'audio'
  startedAt: number
  endedAt: number | null
  state: OutputView['state'] | null
}

const dayMs = 24 * 60 * 60_000

export async function filmsOfChannel(
  deps: ChannelFilmsDeps,
  channelId: string,
  before: string | undefined,
): Promise<ChannelFilmsView> {
  const { sql, world, store, settings, keptDays } = deps
  const { filmStreamsAPage, filmFailedMs } = outputLimits
  const failedSince = new Date(world.now() - filmFailedMs)
  const found = await streamsOf(sql, { channelId, before, failedSince })
  const some = found.slice(0, filmStreamsAPage)
  const ids = some.map(({ id }) => id)
  const films = await filmsOf(sql, ids)
  const streams = some.map(async (row): Promise<FilmedStream> => {
    const { endedAt, state, problem, attempts, changedAt, refused, nextAt, ...facts } = row
    const told = { problem, attempts, changedAt, refused, nextAt }
    const own = films.filter(({ streamId }) => streamId === row.id)
    const [first] = own
    const keptSince = endedAt ?? (first ? first.startedAt + first.durationMs : null)
    return {
      ...facts,
      isLive: endedAt === null,
      keptUntil: keptSince === null || keptDays === 0 ? null : keptSince + keptDays * dayMs,
      filming: state === null ? null : { state, ...told },
      films: await Promise.all(
        own.map(({ streamId, ...film }) => shownFilm(deps, streamId, film, { isHouse: false })),
      ),
    }
  })
  return {
    isOffered: settings !== undefined,
    isByDefault: settings?.records ?? false,
    isReachable: store !== undefined,
    keptDays,
    filmHours: settings?.filmHours ?? 0,
    streams: await Promise.all(streams),
    next: found.length > some.length ? (some.at(-1)?.id ?? null) : null,
  }
}

interface Asked {
  channelId: string
  before: string | undefined
  failedSince: Date
}

/** Those of which a film is there, is being made, or lately failed; one more than a page has. */
const streamsOf = (sql: Sql, { channelId, before, failedSince }: Asked) => sql<StreamRow>`
  select s.id, s.title, s.medium,
    floor(extract(epoch from s.started_at) * 1000)::float8 as "startedAt",
    floor(extract(epoch from s.ended_at) * 1000)::float8 as "endedAt",
    o.state, o.problem, o.attempts, o.refused,
    floor(extract(epoch from o.changed_at) * 1000)::float8 as "changedAt",
    floor(extract(epoch from o.next_at) * 1000)::float8 as "nextAt"
  from streams s
  left join stream_outputs o on o.stream_id = s.id and o.target = s.id
  where s.channel_id = ${channelId} and s.started_at is not null
    and (${before ?? null}::uuid is null or s.id < ${before ?? null}::uuid)
    and (o.state in ('starting', 'live', 'waiting')
      or (o.state = 'failed' and o.changed_at > ${failedSince})
      or exists (select from films f
        where f.stream_id = s.id and f.bytes > 0 and f.removed_at is null))
  order by s.id desc limit ${outputLimits.filmStreamsAPage + 1}`

const filmsOf = async (sql: Sql, streamIds: readonly string[]) =>
  streamIds.length === 0
    ? []
    : await sql<FilmRow & { streamId: string }>`
      select id, stream_id as "streamId", path, is_published as "isPublished",
        false as "isRemoved", floor(extract(epoch from started_at) * 1000)::float8 as "startedAt",
        duration_ms as "durationMs", bytes
      from films where stream_id = any(${streamIds}::uuid[]) and bytes > 0 and removed_at is null
      order by started_at, id`
