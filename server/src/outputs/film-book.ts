/** Films as they are made: written down before there is a file, under a name nobody can guess. */
import { randomBytes } from 'node:crypto'
import type { World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { EgressRun, FilmOrder } from './egress.ts'
import type { OutputStream } from './output-rows.ts'

export interface FilmBookDeps {
  sql: Sql
  world: Pick<World, 'now' | 'newId'>
  /** Before every path: the folder of the service, with a slash at the end; empty for a bucket. */
  folder: string
  hasSegments: boolean
}

export interface FilmBook {
  /** One that may be begun now. */
  order(stream: OutputStream): Promise<FilmOrder>
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

export function filmBook({ sql, world, folder, hasSegments }: FilmBookDeps): FilmBook {
  return {
    async order({ id, isSound }) {
      // Who watches the segments knows their name, and shall not know the film's.
      const [film, live] = [newName(), newName()]
      const path = `films/${film}.${isSound ? 'ogg' : 'mp4'}`
      const segments = hasSegments && !isSound ? `hls/${live}` : null
      await sql`
        insert into films (id, stream_id, path, segments, made_at)
        values (${world.newId()}, ${id}, ${path}, ${segments}, ${new Date(world.now())})`
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
