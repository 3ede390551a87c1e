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
import type { WalletSide } from '../wallet/wallet-side.ts'
import { type Audience, startAudience } from './audience.ts'
import { furnish } from './furnish.ts'
import { demoPeople } from './people.ts'
import { type Script, scripts } from './scripts.ts'
import { type Seeded, seedDemo } from './seed.ts'
import { show, table } from './stage/acts.ts'
import type { Player } from './stage/scene.ts'
import { openStage } from './stage/stage.ts'

export interface DemoDeps {
  em(): EntityManager
  database: Database
  accounts: Accounts
  channels: Channels
  channelSide: ChannelSide
  archive: Archive
  wallet: Pick<WalletSide, 'grantDemo'>
  streams: Streams
  world: World
  log: Logger
  renew: boolean
  /** Picture and sound of rooms. */
  doors: { mediaSide: { media: { signer: { url: string } | undefined } } }
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
  await deps.wallet.grantDemo(seeded.people.map(({ id }) => id))
  const leaving = new AbortController()
  const running: Audience[] = []
  const { media } = deps.doors.mediaSide
  const stage = openStage({ log: deps.log, newId: deps.world.newId })
  const player = { stage, mediaUrl: () => media.signer?.url.replace(/^http/, 'ws') }
  let furnished: Promise<unknown> = Promise.resolve()

  return {
    async stop() {
      leaving.abort()
      const stopped = running.map((audience) => audience.stop())
      await Promise.all([furnished, stage.close(), ...stopped])
    },
    async open(url) {
      const shows = showsOf(seeded)
      const [main] = shows
      if (!main) throw new Error('the demo has no stream')
      const { id } = await liveOrNew(deps.streams, main)
      for (const one of shows) running.push(startShow(deps, { url, seeded, show: one, player }))
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
  { url, seeded, show: one, player }: Showing,
): Audience {
  const { host, script } = one
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
    // Who is on a stage is busy there.
    audience: [...seeded.people, ...seeded.guests].filter(isFree),
    ...staged(seeded, script, player),
    openStream: () => liveOrNew(streams, one),
    seed,
  })
}

interface Showing {
  url: string
  seeded: Seeded
  show: Show
  player: Player
}

function staged({ people }: Seeded, { stage }: Script, player: Player) {
  if ('look' in stage) return { act: show(player, stage.look) }
  const cast = people.filter(({ username }) => stage.speakers.includes(username ?? ''))
  return { act: table(player), cast }
}

const busy = new Set(
  scripts.flatMap(([username, { stage }]) => [
    username,
    ...('speakers' in stage ? stage.speakers : []),
  ]),
)
const isFree = ({ username }: User): boolean => username == null || !busy.has(username)

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
  const { title, category, language, stage } = script
  const medium = 'look' in stage ? 'video' : 'audio'
  const made = await streams.create(host.id, { title, category, language, medium })
  if (made instanceof Refused) throw new Error('the demo host may not make a stream')
  return made
}
