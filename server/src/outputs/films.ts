/** Films of streams: who may see one, who decides over one. Asked here and nowhere else. */
import type { Identity, World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { Streams } from '../streams/streams.ts'
import type { FilmStore } from './film-store.ts'
import { type FilmChange, type FilmsView, type FilmView, outputLimits } from './protocol.ts'

export interface FilmsDeps {
  sql: Sql
  world: Pick<World, 'now'>
  streams: Pick<Streams, 'find' | 'shown' | 'admit'>
  /** Absent: this server does not reach the files. */
  store: FilmStore | undefined
}

/** `host` and `admin` decide over films, a `viewer` sees what is published. */
type Relation = 'host' | 'admin' | 'viewer'

export interface Films {
  /** Undefined for whoever may not see the stream. */
  relation(streamId: string, viewer: Identity | undefined): Promise<Relation | undefined>
  /** Undefined for whoever may not see the stream. */
  of(streamId: string, viewer: Identity | undefined): Promise<FilmsView | undefined>
  change(
    streamId: string,
    filmId: string,
    viewer: Identity,
    change: FilmChange,
  ): Promise<FilmView | Refused<FilmRefusal>>
  /**
   * For a link that is good: where it lies, as long as it is not removed. Of who is suspended
   * nobody but the house sees one.
   */
  path(filmId: string, by: { isHouse: boolean }): Promise<string | undefined>
}

type FilmRefusal =
  | 'not_found'
  | 'not_allowed'
  | 'too_late'
  | 'others_removal'
  | 'films_out_of_reach'

export interface FilmRow {
  id: string
  path: string
  startedAt: number
  durationMs: number
  bytes: number
  isPublished: boolean
  isRemoved: boolean
}

/** Whose doing a removal was, as it is written down. */
type Remover = 'person' | 'admin'

export function films(deps: FilmsDeps): Films {
  const { sql, world, streams } = deps

  const relation: Films['relation'] = async (streamId, viewer) => {
    const stream = await streams.find(streamId)
    if (!stream) return undefined
    if (stream.hostId === viewer?.userId) return 'host'
    if (viewer?.platformRole === 'admin') return 'admin'
    if ((await streams.shown(streamId)) === null) return undefined
    if (viewer === undefined) return 'viewer'
    return 'refused' in (await streams.admit(streamId, viewer)) ? undefined : 'viewer'
  }

  /** The house's removal stands over a host's. */
  const remove = async (filmId: string, by: Remover) => {
    await sql`
      update films set removed_at = coalesce(removed_at, ${new Date(world.now())}),
        removed_by = ${by}
      where id = ${filmId} and (removed_at is null or (removed_by = 'person' and ${by} = 'admin'))`
  }

  const haveBack = async (filmId: string, by: Remover) => {
    const since = new Date(world.now() - outputLimits.filmBackMs)
    const back = await sql`
      update films set removed_at = null, removed_by = null
      where id = ${filmId} and removed_by = ${by} and removed_at > ${since} returning id`
    if (back.length > 0) return undefined
    const others = await sql`
      select from films where id = ${filmId} and removed_by in ('person', 'admin')
        and removed_by <> ${by}`
    return new Refused(others.length > 0 ? 'others_removal' : 'too_late')
  }

  return {
    relation,

    async of(streamId, viewer) {
      const who = await relation(streamId, viewer)
      if (who === undefined) return undefined
      const isOwner = who !== 'viewer'
      const rows = (await rowsOf(sql, streamId)).filter(
        ({ isRemoved, isPublished }) => !isRemoved && (isOwner || isPublished),
      )
      return {
        isOwner,
        filming: isOwner ? await filmingOf(sql, streamId) : null,
        films: await Promise.all(
          rows.map((row) => shownFilm(deps, streamId, row, { isHouse: who === 'admin' })),
        ),
      }
    },

    async change(streamId, filmId, viewer, { isPublished, isRemoved }) {
      const who = await relation(streamId, viewer)
      if (who === undefined) return new Refused('not_found')
      if (who === 'viewer') return new Refused('not_allowed')
      const row = (await rowsOf(sql, streamId)).find(({ id }) => id === filmId)
      if (row === undefined) return new Refused('not_found')
      if (isRemoved === true && deps.store === undefined) return new Refused('films_out_of_reach')
      const by = who === 'host' ? 'person' : who
      if (isRemoved === true) await remove(filmId, by)
      else if (isRemoved === false && row.isRemoved) {
        const refused = await haveBack(filmId, by)
        if (refused) return refused
      }
      if (isPublished !== undefined) {
        await sql`update films set is_published = ${isPublished} where id = ${filmId}`
      }
      const changed = (await rowsOf(sql, streamId)).find(({ id }) => id === filmId)
      return changed
        ? await shownFilm(deps, streamId, changed, { isHouse: who === 'admin' })
        : new Refused('not_found')
    },

    async path(filmId, { isHouse }) {
      const [row] = await sql<{ path: string }>`
        select f.path from films f
        join streams s on s.id = f.stream_id join users u on u.id = s.host_id
        where f.id = ${filmId} and f.bytes > 0 and f.removed_at is null
          and (${isHouse} or u.suspended_at is null)`
      return row?.path
    },
  }
}

export async function shownFilm(
  { store, world }: Pick<FilmsDeps, 'store' | 'world'>,
  streamId: string,
  row: FilmRow,
  { isHouse }: { isHouse: boolean },
): Promise<FilmView> {
  const { path, isRemoved: _isRemoved, ...facts } = row
  const isSound = path.endsWith('.ogg')
  const view = { ...facts, isSound }
  if (store === undefined || row.isRemoved) return { ...view, link: null }
  const { filmLinkMs: forMs } = outputLimits
  const until = world.now() + forMs
  const asked = { id: row.id, path, until, isHouse }
  const saveAs = `${streamId}${path.slice(path.lastIndexOf('.'))}`
  const [play, save] = await Promise.all([store.link(asked), store.link({ ...asked, saveAs })])
  return { ...view, link: { play, save, until, forMs } }
}

/** Those that are whole, oldest first. */
const rowsOf = (sql: Sql, streamId: string) => sql<FilmRow>`
  select id, path, is_published as "isPublished", removed_at is not null as "isRemoved",
    floor(extract(epoch from started_at) * 1000)::float8 as "startedAt",
    duration_ms as "durationMs", bytes
  from films where stream_id = ${streamId} and bytes > 0 order by started_at, id`

export async function filmingOf(sql: Sql, streamId: string): Promise<FilmsView['filming']> {
  const [row] = await sql<NonNullable<FilmsView['filming']>>`
    select state, problem, attempts, refused,
      floor(extract(epoch from changed_at) * 1000)::float8 as "changedAt",
      floor(extract(epoch from next_at) * 1000)::float8 as "nextAt"
    from stream_outputs where stream_id = ${streamId} and target = ${streamId}`
  return row ?? null
}

export async function hlsOf(sql: Sql, streamId: string, url: string | undefined) {
  if (url === undefined) return null
  const [row] = await sql<{ segments: string }>`
    select f.segments from stream_outputs o
    join films f on f.stream_id = o.stream_id and f.egress_id = o.egress_id
    where o.stream_id = ${streamId} and o.target = ${streamId} and o.state = 'live'
      and f.segments is not null and f.removed_at is null`
  return row === undefined ? null : `${url}/${row.segments}/live.m3u8`
}
