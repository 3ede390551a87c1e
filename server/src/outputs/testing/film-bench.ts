/** Films over HTTP for the bench: they lie in a folder of this test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { noNumbers, streams, type StreamsDeps } from '../../streams/streams.ts'
import { filmEndpoints, type FilmEndpointsDeps } from '../film-endpoints.ts'
import { filmLinks } from '../film-links.ts'
import { folderFilms } from '../film-store.ts'
import { films, type FilmsDeps } from '../films.ts'
import type { OutputKeeper } from '../output-keeper.ts'
import type { OutputSettings } from '../settings.ts'

interface FilmBenchDeps extends StreamsDeps {
  world: FilmsDeps['world'] & StreamsDeps['world']
  channels: FilmEndpointsDeps['channels'] & StreamsDeps['channels']
  settings: OutputSettings
}

export async function filmBench(deps: FilmBenchDeps) {
  const { world, settings, channels, database } = deps
  const { sql } = database
  const folder = await mkdtemp(join(tmpdir(), 'odeon-films-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const links = filmLinks(new Uint8Array(32))
  const store = folderFilms(folder, links)
  const all = streams(deps)
  const shown = films({ sql, world, streams: all, store })
  return {
    folder,
    store,
    endpoints: filmEndpoints({
      sql,
      world,
      channels,
      streams: all,
      settings,
      films: shown,
      links,
      store,
      keptDays: 60,
      changed: () => undefined,
    }),
    /** Streams that begin and end, as their host would have them. */
    livesOf: (hostId: string, keeper: Pick<OutputKeeper, 'round'>) => ({
      async newLive(more: { film?: boolean; medium?: 'audio' } = {}) {
        const made = await all.create(hostId, { title: 'First light', ...more })
        if (!('id' in made)) throw new Error('no stream')
        await all.start(made.id, world.now())
        return made.id
      },
      async end(id: string) {
        await all.end(id, world.now(), noNumbers(1))
        await keeper.round()
        await keeper.round()
      },
    }),
  }
}
