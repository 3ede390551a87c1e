/** Recordings put together: where they lie, who writes them, who reads them. */
import { recordedLive } from '@odeon/rooms'
import type { Logger, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Streams } from '../streams/streams.ts'
import { recordingEndpoints } from './endpoints.ts'
import { HouseRecorder } from './house-recorder.ts'
import { recorderLimits } from './limits.ts'
import { recorderMeter } from './recorder-meter.ts'
import { type Recordings, recordings } from './recordings.ts'
import { segmentShelf } from './segment-shelf.ts'
import type { RecordingSettings } from './settings.ts'
import { folderStore } from './store/folder-store.ts'
import { s3Store } from './store/s3-store.ts'
import { watchStore } from './store/watch-store.ts'

export interface RecordingSideDeps {
  database: Database
  world: Pick<World, 'now'>
  log: Logger
  streams: Streams
  settings: RecordingSettings
  /** Where they lie without S3. */
  folder: string
  registry?: Registry | undefined
}

export interface RecordingSide {
  /** Absent when nothing is recorded. */
  recorder: HouseRecorder | undefined
  recordings: Recordings
  endpoints: Endpoint[]
  /** Looks whether its store can be reached, until the result is called. */
  watchStore(): () => Promise<void>
}

export function recordingSide(deps: RecordingSideDeps): RecordingSide {
  const { database, world, log, streams, settings, folder, registry } = deps
  const store = settings.s3 ? s3Store(settings.s3) : folderStore(folder)
  const { keptDays } = settings
  const { now } = world
  const meter = recorderMeter(registry)
  const read = recordings({ database, store, streams, keptDays, log, now })
  const recorder = new HouseRecorder({
    kinds: { live: recordedLive },
    shelf: segmentShelf({ database, store }),
    meter,
    log,
    now,
  })
  const { probeEveryMs: everyMs } = recorderLimits
  const nothing = () => () => Promise.resolve()
  return {
    watchStore: keptDays > 0 ? () => watchStore({ store, meter, log, everyMs }) : nothing,
    recorder: keptDays > 0 ? recorder : undefined,
    recordings: read,
    endpoints: recordingEndpoints({ recordings: read, streams }),
  }
}
