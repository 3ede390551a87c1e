/**
 * The only place that builds the application: storage, capabilities, HTTP, rooms, pages, in the
 * order in which they start; what was started stops in the opposite order.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Registry } from 'prom-client'
import type { Express } from 'express'
import type { Logger as Pino } from 'pino'
import { type Capabilities, capabilities } from './capabilities.ts'
import type { Config } from './config.ts'
import { api } from './platform/api.ts'
import { jwtSecret } from './platform/data-folder.ts'
import { clientAddress } from './platform/http/client-address.ts'
import { originPolicy } from './platform/http/origins.ts'
import { metrics } from './platform/metrics.ts'
import { realtime } from './platform/realtime.ts'
import { refuseTakenPort } from './platform/start/port.ts'
import { type Progress, silentProgress } from './platform/start/progress.ts'
import { openStorage, type Storage } from './platform/start/storage.ts'
import { type WebApp, webApp, withoutWebApp } from './platform/web-app.ts'
import { realWorld } from './platform/world.ts'
import { mountMatchmaking } from './rooms/matchmake-route.ts'
import { schema } from './schema.ts'

export interface Started {
  version: string
  /** Where this machine reaches the server. */
  url: string
  port: number
  storage: Storage['kind']
  /** Undefined when it is switched off. */
  webApp: Pick<WebApp, 'built'> | undefined
  /** The token that makes the first administrator; undefined when there is one already. */
  adminClaim: string | undefined
}

export interface OdeonServer {
  registry: Registry
  start(): Promise<Started>
  /** Ends everything that was started. Bounded, though not by one figure: see `stopping.ts`. */
  stop(): Promise<void>
}

export interface ComposeOptions {
  progress?: Progress
  /** bcrypt's cost, lower for tests that are not about it. */
  passwordCost?: number
}

const archiveCloseMs = 4_000
const root = resolve(import.meta.dirname, '../..')
const version = versionOf(root)

export function compose(config: Config, log: Pino, options: ComposeOptions = {}): OdeonServer {
  const { progress = silentProgress, passwordCost } = options
  const world = realWorld
  const ownMetrics = metrics({ ...(config.metricsToken && { token: config.metricsToken }) })
  /** What to end, in the order in which it began. */
  const begun: (() => Promise<unknown>)[] = []

  const stop = async () => {
    for (let end = begun.pop(); end; end = begun.pop()) await end()
  }

  const prepare = async () => {
    const { databaseUrl, dataDir } = config
    const storage = openStorage({ databaseUrl, dataDir, schema, log, progress })
    const pages = config.web
      ? progress.step('web app', (say) => webApp({ root, say }))
      : Promise.resolve(undefined)
    // One failing must not leave the other running, so both are waited for.
    const [stored, built] = await Promise.allSettled([storage, pages])
    if (stored.status === 'fulfilled') begun.push(() => stored.value.close())
    if (stored.status === 'rejected') throw stored.reason
    if (built.status === 'rejected') throw built.reason
    return { storage: stored.value, pages: built.value }
  }

  const open = async (): Promise<Started> => {
    await refuseTakenPort(config)
    const { storage, pages } = await prepare()
    const { database } = storage
    const everything = capabilities({
      database,
      world,
      log,
      meter: ownMetrics.meter,
      jwtSecret: await jwtSecret(config.dataDir, config.jwtSecret),
      adminEmails: config.adminEmails,
      passwordCost,
    })
    const { archive, accounts, streams, desk } = everything
    begun.push(() => archive.close(archiveCloseMs), accounts.startUpkeep())
    const abandoned = await streams.endAbandoned()
    if (abandoned > 0) log.info({ abandoned }, 'ended streams that a crash left behind')

    const { publicUrl, allowedOrigins, trustedProxies } = config
    const origins = originPolicy([...(publicUrl ? [publicUrl] : []), ...allowedOrigins])
    const address = clientAddress(trustedProxies, publicUrl)
    const rooms = realtime({
      app: (request, response) => app(request, response),
      origins,
      address,
      rooms: everything.rooms,
      log,
    })
    const app: Express = api({
      version,
      production: config.production,
      log,
      world,
      origins,
      address,
      authenticate: accounts.authenticate,
      endpoints: everything.endpoints,
      probes: {
        database: () => database.ping(),
        matchmaking: () => rooms.probe(),
        archive: () => archive.probe(),
      },
      metrics: ownMetrics,
      rateLimitFactor: config.rateLimitFactor,
      mount: [
        (app, deps) => mountMatchmaking(app, { ...deps, desk }),
        (app) => (pages ? pages.mount(app) : withoutWebApp(app)),
      ],
    })
    begun.push(() => rooms.stop())
    const port = await rooms.listen({ port: config.port, host: config.host })
    return {
      version,
      url: `http://${config.host ?? 'localhost'}:${port}`,
      port,
      storage: storage.kind,
      webApp: pages,
      adminClaim: await adminClaim(everything),
    }
  }

  return {
    registry: ownMetrics.registry,
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

async function adminClaim({ accounts }: Capabilities): Promise<string | undefined> {
  const { administration } = accounts.service
  if (await administration.hasAdmin()) return undefined
  return (await administration.issueClaim()).token
}

function versionOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return (manifest as { version: string }).version
}
