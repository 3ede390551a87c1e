/**
 * Takes away films that are removed, too old, or of a channel that is gone: first nobody sees it,
 * then its file goes, then its row. Whoever dies in between leaves the rest to the next round.
 */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { Egress } from './egress.ts'
import type { FilmStore } from './film-store.ts'
import { forgetRuns } from './output-budget.ts'
import { outputLimits } from './protocol.ts'

export interface FilmUpkeepDeps {
  sql: Sql
  world: Pick<World, 'now'>
  log: Logger
  store: FilmStore | undefined
  egress: Pick<Egress, 'look' | 'stop'>
  /** Days; 0 keeps them until somebody removes them. */
  keptDays: number
  /** As long as a film may be, hours; 0: any. */
  filmHours: number
}

interface Row {
  id: string
  path: string
  segments: string | null
  egressId: string | null
  /** Whole, or of a stream that is over for so long that nobody can be writing it. */
  isWritten: boolean
}

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** One round; says how many films are gone. */
export async function sweepFilms(deps: FilmUpkeepDeps): Promise<number> {
  const { sql, world, store } = deps
  if (store === undefined) return 0
  await markOld(deps)
  await sweepSegments(deps, store)
  const { filmBackMs, filmsARoundMax } = outputLimits
  const now = new Date(world.now())
  const rows = await sql<Row>`
    select f.id, path, segments, egress_id as "egressId",
      (bytes > 0 or s.ended_at < ${new Date(+now - dayMs)}) is true as "isWritten"
    from films f left join streams s on s.id = f.stream_id
    where (removed_by = 'age'
        or (removed_by in ('person', 'admin') and removed_at <= ${new Date(+now - filmBackMs)}))
      and (again_at is null or again_at <= ${now})
    order by removed_at limit ${filmsARoundMax}`
  let gone = 0
  for (const row of rows) {
    const isGone = await take(deps, store, row).catch((err: unknown) => {
      deps.log.warn({ err, film: row.id }, 'a film was not taken away and is tried again later')
      return false
    })
    if (isGone) gone += 1
    else await putOff(deps, row.id)
  }
  return gone
}

/** What cannot be taken away now keeps nothing behind it waiting. */
async function putOff({ sql, world }: FilmUpkeepDeps, id: string): Promise<void> {
  const { filmAgainAfterMs, filmAgainAfterMsMax } = outputLimits
  await sql`
    update films set failures = failures + 1,
      again_at = ${new Date(world.now())}::timestamptz + interval '1 millisecond'
        * least(${filmAgainAfterMsMax}::float8, ${filmAgainAfterMs} * power(2, least(failures, 20)))
    where id = ${id}`
}

async function markOld({ sql, world, keptDays, filmHours }: FilmUpkeepDeps): Promise<void> {
  const now = world.now()
  const before = new Date(keptDays > 0 ? now - keptDays * dayMs : 0)
  const neverBegun = new Date(filmHours > 0 ? now - filmHours * hourMs - dayMs : 0)
  // What was never finished has nothing to be kept, once nobody can be writing it any more. Of a
  // stream that does not end each film has its own age.
  await sql`
    update films set removed_at = ${new Date(now)}, removed_by = 'age'
    where id in (
      select f.id from films f left join streams s on s.id = f.stream_id
      where f.removed_at is null and (s.id is null
        or (s.phase = 'ended' and s.ended_at < ${before})
        or (s.phase <> 'ended' and f.bytes > 0
          and f.started_at + f.duration_ms * interval '1 millisecond' < ${before})
        or (f.bytes is null and s.phase = 'ended' and s.ended_at < ${new Date(now - dayMs)})
        or (f.bytes is null and f.made_at < ${neverBegun} and not exists (
          select from stream_outputs o where o.stream_id = f.stream_id
            and o.egress_id = f.egress_id and o.state in ('starting', 'live'))))
      limit ${outputLimits.filmsARoundMax})`
}

/** Segments are for who watches now; once a film is whole it is what is left. */
async function sweepSegments(deps: FilmUpkeepDeps, store: FilmStore): Promise<void> {
  const { sql, world, log } = deps
  const now = world.now()
  const before = new Date(now - outputLimits.segmentsKeptMs)
  const rows = await sql<{ id: string; segments: string }>`
    select f.id, f.segments from films f join streams s on s.id = f.stream_id
    where f.segments is not null
      and ((s.phase = 'ended' and s.ended_at < ${before})
        or (f.bytes > 0 and f.started_at + f.duration_ms * interval '1 millisecond' < ${before}))
      and (f.again_at is null or f.again_at <= ${new Date(now)})
    order by s.ended_at limit ${outputLimits.filmsARoundMax}`
  for (const { id, segments } of rows) {
    try {
      await store.removeSegments(segments)
      await sql`
        update films set segments = null, failures = 0, again_at = null where id = ${id}`
    } catch (err) {
      log.warn({ err, film: id }, 'segments were not taken away and are tried again later')
      await putOff(deps, id)
    }
  }
}

async function take(deps: FilmUpkeepDeps, store: FilmStore, row: Row): Promise<boolean> {
  const { egress, sql } = deps
  if (!row.isWritten && row.egressId !== null) {
    // What is written still would come after its row is gone.
    const run = await egress.look(row.egressId)
    const isOver = run === undefined || run.state === 'ended' || run.state === 'failed'
    if (!isOver) {
      if (run.state !== 'ending') await egress.stop(row.egressId)
      return false
    }
  }
  if (row.segments !== null) await store.removeSegments(row.segments)
  await store.remove(row.path)
  await sql`delete from films where id = ${row.id}`
  return true
}

/** Until the result is called, which resolves when nothing of it runs any more. */
export function keepFilmsTidy(deps: FilmUpkeepDeps): () => Promise<void> {
  let running: Promise<unknown> | undefined
  const round = () => {
    running ??= Promise.all([sweepFilms(deps), forgetRuns(deps.sql, deps.world.now())])
      .catch((err: unknown) => deps.log.warn({ err }, 'films were not looked through'))
      .finally(() => {
        running = undefined
      })
  }
  round()
  const timer = setInterval(round, outputLimits.filmsEveryMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
