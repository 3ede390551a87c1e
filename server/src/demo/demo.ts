/** The demo: a house with people in it, so that the first page somebody opens is alive. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger, World } from '@odeon/rooms/ports'
import type { Accounts } from '../accounts/accounts.ts'
import type { User } from '../accounts/entities.ts'
import type { Archive } from '../archive/log-archive.ts'
import type { ChannelSide } from '../channels/channel-side.ts'
import type { Channels } from '../channels/channels.ts'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { DemoFacts } from '../platform/start/screen.ts'
import { within } from '../platform/within.ts'
import type { Streams } from '../streams/streams.ts'
import { type Audience, startAudience } from './audience.ts'
import { furnish } from './furnish.ts'
import { demoPeople } from './people.ts'
import { type Script, scripts } from './scripts.ts'
import { type Seeded, seedDemo } from './seed.ts'

export interface DemoDeps {
  em(): EntityManager
  database: Database
  accounts: Accounts
  channels: Channels
  channelSide: ChannelSide
  archive: Archive
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

const seatingMs = 5_000

/** Resolves when people and channels are there. */
export async function demo(deps: DemoDeps): Promise<Demo> {
  const seeded = await seedDemo(deps)
  const leaving = new AbortController()
  const running: Audience[] = []
  let furnished: Promise<unknown> = Promise.resolve()

  return {
    async stop() {
      leaving.abort()
      await Promise.all([furnished, ...running.map((audience) => audience.stop())])
    },
    async open(url) {
      const shows = showsOf(seeded)
      const [main] = shows
      if (!main) throw new Error('the demo has no stream')
      const { id } = await liveOrNew(deps.streams, main)
      for (const show of shows) running.push(startShow(deps, { url, seeded, show }))
      // The page somebody opens now should be lit; if seating takes long, it will be in a moment.
      await within(seatingMs, running[0]?.seated ?? Promise.resolve())
      furnished = furnishBeside(deps, seeded, leaving.signal)
      return {
        channels: demoPeople.length,
        audience: shows.reduce((sum, { script }) => sum + script.present.max, 0),
        stream: { id, title: main.script.title },
        accounts: seeded.accounts,
      }
    },
  }
}

interface Show {
  host: User
  script: Script
}

/** The streams of the evening, the liveliest first. */
const showsOf = ({ people }: Seeded): Show[] =>
  scripts.flatMap(([username, script]) => {
    const host = people.find((person) => person.username === username)
    return host ? [{ host, script }] : []
  })

function startShow(
  { accounts, streams, world, log }: DemoDeps,
  { url, seeded, show }: { url: string; seeded: Seeded; show: Show },
): Audience {
  const { host, script } = show
  // Another evening at each start; the log names it, so that one can be looked at again.
  const seed = Math.floor(world.random() * 2 ** 32)
  log.info({ seed, host: host.username }, 'the demo audience comes in')
  return startAudience({
    url,
    service: accounts.service,
    newId: world.newId,
    log,
    host,
    script,
    // Hosts are busy with their own streams.
    audience: [...seeded.people, ...seeded.guests].filter(isFree),
    openStream: () => liveOrNew(streams, show),
    seed,
  })
}

const hosts = new Set(scripts.map(([username]) => username))
const isFree = ({ username }: User): boolean => username == null || !hosts.has(username)

function furnishBeside(deps: DemoDeps, seeded: Seeded, signal: AbortSignal): Promise<unknown> {
  const { people, guests } = seeded
  return furnish({ ...deps, side: deps.channelSide, people, guests }, signal).catch(
    (err: unknown) => {
      if (!signal.aborted) deps.log.warn({ err }, 'the demo is not furnished')
    },
  )
}

/** The stream that is live or waits to start; a new one when the last has ended. */
async function liveOrNew(streams: Streams, { host, script }: Show) {
  const { username } = host
  for (const phase of ['live', 'pending'] as const) {
    const found = await streams.page({ phase, channel: username ?? '', limit: 1 })
    if (found.streams[0]) return found.streams[0]
  }
  const { title, category, language } = script
  const made = await streams.create(host.id, { title, category, language })
  if (made instanceof Refused) throw new Error('the demo host may not make a stream')
  return made
}
