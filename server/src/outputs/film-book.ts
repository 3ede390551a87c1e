/** Films as they are made: written down before there is a file, under a name nobody can guess. */
import { randomBytes } from 'node:crypto'
import type { World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import type { EgressRun, FilmOrder } from './egress.ts'
import type { OutputStream } from './output-rows.ts'

export interface FilmBookDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  /** Before every path: the folder of the service, with a slash at the end; empty for a bucket. */
  folder: string
  hasSegments: boolean
  /** Of so many streams a channel keeps films; 0: of all. */
  filmsMax: number
}

export interface FilmBook {
  /** One that may be begun now; undefined while the channel keeps as many as it may. */
  order(stream: OutputStream): Promise<FilmOrder | undefined>
  /** It was begun, or found to be: it is this run's. */
  begun(order: Pick<FilmOrder, 'path'>, egressId: string): Promise<void>
  /** Nothing was begun and nothing will be written. */
  forget(order: FilmOrder): Promise<void>
  /** The files of a run that is over are whole. */
  finished(run: EgressRun): Promise<void>
}

const nameBytes = 16
const newName = () => randomBytes(nameBytes).toString('hex')
/** Without the folder in which the service put it. */
const pathIn = (path: string) => path.slice(Math.max(0, path.lastIndexOf('films/')))

export function filmBook(deps: FilmBookDeps): FilmBook {
  const { database, world, folder, hasSegments, filmsMax } = deps
  const { sql } = database
  return {
    async order({ id, channelId, isSound }) {
      // Who watches the segments knows their name, and shall not know the film's.
      const [film, live] = [newName(), newName()]
      const path = `films/${film}.${isSound ? 'ogg' : 'mp4'}`
      const segments = hasSegments && !isSound ? `hls/${live}` : null
      const isKept = await database.transaction(async (tx) => {
        // The channel's row keeps two makers apart, so that the bound holds.
        await tx`select from channels where id = ${channelId} for update`
        const [others] = await tx<{ count: number }>`
          select count(distinct f.stream_id)::int as count from films f
          join streams s on s.id = f.stream_id
          where s.channel_id = ${channelId} and s.id <> ${id} and f.removed_at is null`
        if (filmsMax > 0 && (others?.count ?? 0) >= filmsMax) return false
        await tx`
          insert into films (id, stream_id, path, segments, made_at)
          values (${world.newId()}, ${id}, ${path}, ${segments}, ${new Date(world.now())})`
        return true
      })
      if (!isKept) return undefined
      return {
        path: folder + path,
        segments: segments === null ? undefined : folder + segments,
        isSound,
      }
    },

    async begun({ path }, egressId) {
      await sql`
        update films set egress_id = ${egressId}
        where path = ${pathIn(path)} and egress_id is distinct from ${egressId}`
    },

    async forget({ path }) {
      await sql`delete from films where path = ${pathIn(path)} and egress_id is null`
    },

    async finished({ id, files }) {
      for (const { path, bytes, durationMs, startedAt } of files) {
        if (bytes === 0) continue
        await sql`
          update films set egress_id = ${id}, bytes = ${bytes}, duration_ms = ${durationMs},
            started_at = ${new Date(startedAt)}
          where path = ${pathIn(path)}`
      }
    },
  }
}
