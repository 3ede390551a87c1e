/** Outputs put together: destinations, films, whoever compares them with what runs. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Channels } from '../channels/channels.ts'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { RecordingSettings } from '../recordings/settings.ts'
import type { Streams } from '../streams/streams.ts'
import { lookupHost } from './destination-address.ts'
import { destinations } from './destinations.ts'
import { outputEndpoints } from './endpoints.ts'
import { filmEndpoints } from './film-endpoints.ts'
import { filmLinks } from './film-links.ts'
import { type FilmStore, folderFilms, s3Films } from './film-store.ts'
import { keepFilmsTidy } from './film-upkeep.ts'
import { films } from './films.ts'
import { livekitEgress } from './livekit-egress.ts'
import { type OutputKeeper, outputKeeper } from './output-keeper.ts'
import { outputMeter } from './output-meter.ts'
import { sealWith } from './seal.ts'
import type { FilmSettings, OutputSettings } from './settings.ts'

export interface OutputSide extends Pick<OutputKeeper, 'wake' | 'keep'> {
  endpoints: Endpoint[]
}

export interface OutputSideDeps {
  database: Database
  world: World
  log: Logger
  registry?: Registry | undefined
  channels: Pick<Channels, 'owned'>
  streams: Pick<Streams, 'find' | 'shown' | 'admit'>
  /** Absent: there is no egress service. */
  outputs?: OutputSettings | undefined
  films?: FilmSettings | undefined
  /** What keys are sealed under; without any, one is made from `jwtSecret`. */
  secretsKeys?: readonly string[] | undefined
  jwtSecret: Uint8Array
  recordings: { settings: Pick<RecordingSettings, 's3'> }
  livekit(): LiveKitAddress | undefined
}

export function outputSide(deps: OutputSideDeps): OutputSide {
  const { outputs: settings, channels, livekit, registry, database, world } = deps
  const { s3 } = deps.recordings.settings
  const { sql } = database
  const seal = sealWith(deps.secretsKeys ?? [], deps.jwtSecret)
  const meter = outputMeter(registry)
  const lookup = lookupHost
  const egress = livekitEgress({ reach: livekit, s3 })
  const links = filmLinks(deps.jwtSecret)
  const store = filmStore(deps, links)
  const keeper = settings
    ? outputKeeper({
        ...deps,
        // What nobody here can remove must not fill a bound that only a removal empties.
        settings: store === undefined ? { ...settings, filmsMax: 0 } : settings,
        seal,
        lookup,
        meter,
        egress,
        hasS3: s3 !== undefined,
        isUp: () => livekit() !== undefined,
      })
    : nobody
  const isOffered = settings !== undefined
  const { minutesADay = 0, filmHours = 0 } = settings ?? {}
  const changed = keeper.wake
  const all = destinations({ ...deps, seal, lookup, isOffered, changed, minutesADay })
  const shown = films({ ...deps, sql, store })
  const { keptDays = 0 } = deps.films ?? {}
  const film = { sql, world, channels, streams: deps.streams, films: shown, links, store }
  return {
    endpoints: [
      ...outputEndpoints({ channels, destinations: all, settings }),
      ...filmEndpoints({ ...film, settings, keptDays, changed }),
    ],
    wake: keeper.wake,
    keep() {
      const upkeep = { ...deps, keptDays, filmHours }
      const ends = [keeper.keep(), keepFilmsTidy({ ...upkeep, sql, store, egress })]
      return async () => void (await Promise.all(ends.map((end) => end())))
    },
  }
}

/** Absent: they lie in a folder of somebody else's that this server does not see. */
function filmStore(
  { films: shown, recordings: { settings } }: OutputSideDeps,
  links: ReturnType<typeof filmLinks>,
): FilmStore | undefined {
  const { folder, publicEndpoint } = shown ?? {}
  if (settings.s3) return s3Films(settings.s3, publicEndpoint)
  return folder === undefined ? undefined : folderFilms(folder, links)
}

const nobody: Pick<OutputKeeper, 'wake' | 'keep'> = {
  wake: () => undefined,
  keep: () => () => Promise.resolve(),
}
