/** What encoders send by, put together: keys, endpoints, what streams and time do to them. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Channels } from '../channels/channels.ts'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { encoderEndpoints } from './endpoints.ts'
import { livekitIngress } from './livekit-ingress.ts'
import { encoderLimits } from './protocol.ts'
import type { EncoderAddresses } from './settings.ts'
import { streamKeys } from './stream-keys.ts'

export interface EncoderSide {
  endpoints: Endpoint[]
  /** A stream of the channel was made, started or ended. */
  moved(channelId: string): void
  /** Resolves when nothing of what moved is under way. */
  settled(): Promise<void>
  /** Sets right what went wrong, now and then, until the result is called. */
  keepTidy(): () => Promise<void>
}

export interface EncoderSideDeps {
  database: Database
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  channels: Pick<Channels, 'owned'>
  addresses: EncoderAddresses
  livekit(): LiveKitAddress | undefined
}

export function encoderSide(deps: EncoderSideDeps): EncoderSide {
  const { channels, addresses, log, livekit } = deps
  const keys = streamKeys({ ...deps, ingress: livekitIngress(livekit) })
  const isOffered = Object.keys(addresses).length > 0
  const pointing = new Set<Promise<void>>()
  return {
    endpoints: encoderEndpoints({ channels, keys, addresses }),
    moved(channelId) {
      if (!isOffered) return
      const done = keys.point(channelId).finally(() => pointing.delete(done))
      pointing.add(done)
    },
    settled: async () => void (await Promise.all(pointing)),
    keepTidy() {
      let running: Promise<void> = Promise.resolve()
      let isBusy = false
      const round = () => {
        if (!isOffered || isBusy || livekit() === undefined) return
        isBusy = true
        running = keys
          .tidy()
          .catch((err: unknown) => log.warn({ err }, 'stream keys were not compared'))
          .finally(() => {
            isBusy = false
          })
      }
      round()
      const timer = setInterval(round, encoderLimits.tidyEveryMs)
      return async () => {
        clearInterval(timer)
        await running
      }
    },
  }
}
