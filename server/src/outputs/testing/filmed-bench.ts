/** The bench of outputs with streams that were filmed, and rounds that take films away. */
import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { type FilmUpkeepDeps, sweepFilms } from '../film-upkeep.ts'
import { outputBench } from './output-bench.ts'
import { standInEgress } from './stand-in-egress.ts'

export async function filmedBench() {
  const standIn = await standInEgress()
  const bench = await outputBench(standIn)
  const { database, world, keeper, ann, call, newLive, end, egress, store, folder } = bench
  const { sql } = database
  const put = async (path: string, text = '0123456789') => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const deps = { sql, world, log: quietLog, store, egress, keptDays: 60, filmHours: 0 }
  return {
    ...bench,
    standIn,
    put,
    isThere: (path: string) =>
      access(join(folder, path)).then(
        () => true,
        () => false,
      ),
    sweep: (more: Partial<FilmUpkeepDeps> = {}) => sweepFilms({ ...deps, ...more }),
    /** A stream that is over, with a film whose bytes lie where the service put them. */
    async filmed() {
      const id = await newLive()
      await keeper.round()
      await keeper.round()
      await end(id)
      const [row] = await sql<{ film: string; path: string; segments: string }>`
        select id as film, path, segments from films where stream_id = ${id}`
      await put(row!.path)
      await put(`${row!.segments}/part_00000.ts`)
      return { id, ...row!, at: `/streams/${id}/films/${row!.film}` }
    },
    listOf: async (id: string, as = ann) =>
      (await call('GET', `/streams/${id}/films`, undefined, as)).body,
    get: (address: string, headers = {}) => bench.fetch(address, { headers }),
  }
}
