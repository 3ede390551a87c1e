/** Outputs put together: destinations, films, whoever compares them with what runs. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Channels } from '../channels/channels.ts'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { RecordingSettings } from '../recordings/settings.ts'
import { lookupHost } from './destination-address.ts'
import { destinations } from './destinations.ts'
import { outputEndpoints } from './endpoints.ts'
import { livekitEgress } from './livekit-egress.ts'
import { type OutputKeeper, outputKeeper } from './output-keeper.ts'
import { outputMeter } from './output-meter.ts'
import { sealWith } from './seal.ts'
import type { OutputSettings } from './settings.ts'

export interface OutputSide extends Pick<OutputKeeper, 'wake' | 'keep'> {
  endpoints: Endpoint[]
}

export interface OutputSideDeps {
  database: Database
  world: World
  log: Logger
  registry?: Registry | undefined
  channels: Pick<Channels, 'owned'>
  /** Absent: there is no egress service. */
  outputs?: OutputSettings | undefined
  /** What keys are sealed under; without any, one is made from `jwtSecret`. */
  secretsKeys?: readonly string[] | undefined
  jwtSecret: Uint8Array
  recordings: { settings: Pick<RecordingSettings, 's3'> }
  livekit(): LiveKitAddress | undefined
}

export function outputSide(deps: OutputSideDeps): OutputSide {
  const { outputs: settings, channels, livekit, registry, database } = deps
  const { s3 } = deps.recordings.settings
  const seal = sealWith(deps.secretsKeys ?? [], deps.jwtSecret)
  const meter = outputMeter(registry)
  const lookup = lookupHost
  const keeper = settings
    ? outputKeeper({
        ...deps,
        settings,
        seal,
        lookup,
        meter,
        egress: livekitEgress({ reach: livekit, s3 }),
        hasS3: s3 !== undefined,
        isUp: () => livekit() !== undefined,
      })
    : nobody
  const isOffered = settings !== undefined
  const all = destinations({ ...deps, seal, lookup, isOffered, changed: keeper.wake })
  return {
    endpoints: outputEndpoints({ database, channels, destinations: all, settings }),
    wake: keeper.wake,
    keep: keeper.keep,
  }
}

const nobody: Pick<OutputKeeper, 'wake' | 'keep'> = {
  wake: () => undefined,
  keep: () => () => Promise.resolve(),
}
