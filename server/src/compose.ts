/**
 * The only place that builds the application: storage, capabilities, HTTP, rooms, pages, demo, in
 * the order in which they start; what was started stops in the opposite order.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Logger as Pino } from 'pino'
import type { Registry } from 'prom-client'
import { type Capabilities, capabilities } from './capabilities.ts'
import type { Config } from './config.ts'
import { type Demo, demo } from './demo/demo.ts'
import { openMail } from './mail/open-mail.ts'
import { api, frontDoor } from './platform/api.ts'
import { jwtSecret, mediaFolder, recordingsFolder, spoolFolder } from './platform/data-folder.ts'
import { metrics } from './platform/metrics.ts'
import { type Realtime, realtime } from './platform/realtime.ts'
import { portFault, refuseTakenPort } from './platform/start/port.ts'
import type { Progress } from './platform/start/progress.ts'
import type { ScreenFacts } from './platform/start/screen.ts'
import { openStorage, type Storage } from './platform/start/storage.ts'
import { openShared, type Shared } from './platform/shared.ts'
import { type WebApp, webApp, withoutWebApp } from './platform/web-app.ts'
import { realWorld as world } from './platform/world.ts'

/** What the screen of facts shows, and where this machine reaches the server. */
export interface Started extends ScreenFacts {
  port: number
}

export interface OdeonServer {
  registry: Registry
  start(): Promise<Started>
  /** Ends everything that was started. What may hang in it has a deadline each. */
  stop(): Promise<void>
}

export interface ComposeOptions {
  progress: Progress
  /** bcrypt's cost, lower for tests that are not about it. */
  passwordCost?: number
  /** Told what was put together, for whoever asks for it without HTTP. */
  built?: (built: Capabilities) => void
}

const archiveCloseMs = 3_000
const mailCloseMs = 2_000
const root = resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
}

export function compose(config: Config, log: Pino, options: ComposeOptions): OdeonServer {
  const { progress } = options
  const measures = metrics({ ...(config.metricsToken && { token: config.metricsToken }) })
  /** What to end, in the order in which it began. */
  const begun: (() => Promise<unknown>)[] = []

  let isStopping = false
  const stop = async () => {
    // Whoever spreads requests over processes leaves this one out from now on.
    isStopping = true
    for (let end = begun.pop(); end; end = begun.pop()) await end()
  }

  /** The two long steps, side by side. One failing waits for the other, to leave nothing behind. */
  const prepare = async (): Promise<[Storage, WebApp | undefined]> => {
    const { databaseUrl, dataDir } = config
    const [storage, pages] = await Promise.allSettled([
      openStorage({ databaseUrl, dataDir, log, progress }),
      config.web ? progress.step('web app', (say) => webApp({ root, say })) : undefined,
    ])
    if (storage.status === 'rejected') throw storage.reason
    begun.push(() => storage.value.close())
    if (pages.status === 'rejected') throw pages.reason
    return [storage.value, pages.value]
  }

  const share = async (): Promise<Shared> => {
    const { redisUrl } = config
    const open = () => openShared({ redisUrl, log })
    const shared = redisUrl ? await progress.step('redis', open) : await open()
    begun.push(() => shared.close())
    return shared
  }

  const build = async ({ database, url }: Storage, shared: Shared): Promise<Capabilities> => {
    const { dataDir, adminEmails } = config
    const secret = await jwtSecret(dataDir, config.jwtSecret)
    const disagree = await shared.agreeOn({ secret, database })
    begun.push(async () => disagree())
    const { meter } = measures
    const spoolDir = spoolFolder(dataDir)
    const mediaDir = mediaFolder(dataDir)
    const folders = { spoolDir, mediaDir }
    const publicUrl = config.publicUrl ?? urlOf(config.host ?? 'localhost', config.port)
    const mail = { mailer: openMail(config), publicUrl }
    const house = { database, world, log, meter, shared }
    const deps = { ...house, adminEmails, jwtSecret: secret, ...folders }
    const { passwordCost } = options
    const { registry } = measures
    const recordings = { settings: config.recordings, folder: recordingsFolder(dataDir), registry }
    const { reviewerLoopback, relayFromViewers, encoders, outputs, films, secretsKeys } = config
    const broadcast = { encoders, outputs, films, secretsKeys }
    const { creatorShareBps, payments } = config
    const jobStore = { postgresUrl: url, mongoUrl: config.mongoUrl }
    const own = { creatorShareBps, payments, jobStore }
    const rooms = { passwordCost, reviewerLoopback, relayFromViewers }
    const settings = { recordings, ...rooms, ...broadcast, ...own }
    const built = capabilities({ ...deps, mail, ...settings })
    options.built?.(built)
    begun.push(() => built.archive.close(archiveCloseMs))
    begun.push(async () => built.recorded.recorder?.close(), built.recorded.watchStore())
    begun.push(() => built.accounts.service.verification.settled(mailCloseMs))
    begun.push(built.channelSide.startUpkeep())
    const abandoned = await built.streams.endAbandoned(built.openRooms.running)
    if (abandoned > 0) log.info({ abandoned }, 'ended streams that a crash left behind')
    return built
  }

  const connect = (
    { database }: Storage,
    shared: Shared,
    built: Capabilities,
    pages: WebApp | undefined,
  ): Realtime => {
    const door = frontDoor(config)
    const { production, rateLimitFactor, publicAddress, compresses } = config
    const rooms = realtime({
      ...door,
      app: (request, response) => app(request, response),
      enter: (request) => enter(request),
      broken: measures.broken,
      shared,
      publicAddress,
      compresses,
      opensRooms: config.role !== 'worker',
      ...built.carried,
      rooms: built.rooms,
      log,
    })
    const { app, sockets } = api({
      ...door,
      version,
      production,
      rateLimitFactor,
      redis: shared.redis,
      log,
      world,
      metrics: measures,
      authenticate: built.accounts.authenticate,
      connectTo: built.doors.mediaSide.connectTo,
      playFrom: filmOrigins(config),
      sendTo: built.sendTo,
      endpoints: built.endpoints,
      probes: {
        database: () => database.ping(),
        ...(shared.probe && { redis: shared.probe }),
        matchmaking: () => rooms.probe(),
        archive: () => built.archive.probe(),
      },
      isStopping: () => isStopping,
      mount: [
        built.doors.mount,
        (app) => (pages ? pages.mount(app, built.describe) : withoutWebApp(app)),
      ],
    })
    const enter = built.doors.enter(sockets)
    built.openRooms.watch()
    begun.push(built.doors.open(), built.listen())
    if (config.role !== 'room') begun.push(built.keepHouse())
    // What a crash left undone may be for rooms.
    begun.push(built.moderation.startUpkeep(), () => rooms.stop())
    return rooms
  }

  const people = async ({ database }: Storage, built: Capabilities): Promise<Demo | undefined> => {
    if (config.demo === 'off') return undefined
    const renew = config.demo === 'renew'
    return await progress.step('demo', async (say) => {
      say('making people and channels')
      const made = await demo({ ...built, database, em: database.em, world, log, renew })
      say('people and channels are there')
      begun.push(() => made.stop())
      return made
    })
  }

  /** A start that is stopped opens nothing more, for nobody would close it. */
  const demandGoingOn = () => {
    if (isStopping) throw new Error('stopped while it started')
  }

  const open = async (): Promise<Started> => {
    const place = { port: config.port, host: config.host }
    await refuseTakenPort(place)
    const [storage, pages] = await prepare()
    const shared = await share()
    const built = await build(storage, shared)
    const rooms = connect(storage, shared, built, pages)
    const made = await people(storage, built)
    demandGoingOn()
    const port = await rooms.listen(place).catch((error: unknown) => {
      throw portFault(error, place)
    })
    demandGoingOn()
    const { host, media } = config
    begun.push(built.doors.mediaSide.begin({ settings: media, host, port, progress }))
    return {
      version,
      port,
      url: urlOf(config.host ?? 'localhost', port),
      storage: storage.kind,
      web: pages !== undefined,
      mail: openMail(config).goesTo,
      // One link is good at a time, so one process hands it out.
      adminClaim: config.instance === 0 ? await adminClaim(built) : undefined,
      demo: await made?.open(urlOf(config.host ?? '127.0.0.1', port)),
    }
  }

  return {
    registry: measures.registry,
    stop,
    async start() {
      try {
        return await open()
      } catch (error) {
        await stop().catch((err: unknown) => log.error({ err }, 'could not clear up'))
        throw error
      }
    },
  }
}

/** The token that makes the first administrator; a new one at each start until somebody used it. */
async function adminClaim({ accounts }: Capabilities): Promise<string | undefined> {
  const { administration } = accounts.service
  if (await administration.hasAdmin()) return undefined
  return (await administration.issueClaim()).token
}

/** Films in a bucket are played from there. */
function filmOrigins({ recordings: { s3 }, films: { publicEndpoint } }: Config): string[] {
  return s3 ? [new URL(publicEndpoint ?? s3.endpoint).origin] : []
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
