/** The demo: a house with people in it, so that the first page somebody opens is alive. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger, World } from '@odeon/rooms/ports'
import type { Accounts } from '../accounts/accounts.ts'
import type { Channels } from '../channels/channels.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { DemoFacts } from '../platform/start/screen.ts'
import { within } from '../platform/within.ts'
import type { Streams } from '../streams/streams.ts'
import { audienceLimits, startAudience } from './audience.ts'
import { demoPeople } from './people.ts'
import { type Seeded, seedDemo } from './seed.ts'

export interface DemoDeps {
  em(): EntityManager
  accounts: Accounts
  channels: Channels
  streams: Streams
  world: World
  log: Logger
  renew: boolean
}

export interface Demo {
  /** Lets the audience in. Call it once the server listens. */
  open(url: string): Promise<DemoFacts>
  stop(): Promise<void>
}

const title = 'Monsoon rooftop session (demo)'
const seatingMs = 5_000

/** Resolves when people and channels are there. */
export async function demo(deps: DemoDeps): Promise<Demo> {
  const { accounts, streams, world, log } = deps
  const seeded = await seedDemo(deps)
  let stop = async () => {}

  return {
    stop: () => stop(),
    async open(url) {
      const openStream = () => liveOrNew(streams, seeded)
      const { id } = await openStream()
      // Another evening at each start; the log names it, so that one can be looked at again.
      const seed = Math.floor(world.random() * 2 ** 32)
      log.info({ seed }, 'the demo audience comes in')
      const { newId } = world
      const { service } = accounts
      const { host, audience } = seeded
      const running = startAudience({
        url,
        service,
        newId,
        log,
        host,
        audience,
        openStream,
        seed,
      })
      stop = () => running.stop()
      // The page somebody opens now should be lit; if seating takes long, it will be in a moment.
      await within(seatingMs, running.seated)
      return {
        channels: demoPeople.length,
        audience: audienceLimits.presentMax,
        stream: { id, title },
        accounts: seeded.accounts,
      }
    },
  }
}

/** The stream that is live or waits to start; a new one when the last has ended. */
async function liveOrNew(streams: Streams, { host }: Seeded) {
  const { username } = host
  for (const phase of ['live', 'pending'] as const) {
    const found = await streams.page({ phase, channel: username ?? '', limit: 1 })
    if (found.streams[0]) return found.streams[0]
  }
  const made = await streams.create(host.id, { title, category: 'music', language: 'ne' })
  if (made instanceof Refused) throw new Error('the demo host may not make a stream')
  return made
}
