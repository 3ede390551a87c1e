/** The HTTP side of the server: endpoints of the capabilities, its own about itself, then pages. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Express } from 'express'
import type { Config } from '../config.ts'
import type { Authenticate } from './http/authorise.ts'
import { type ClientAddress, clientAddress } from './http/client-address.ts'
import { docsEndpoints } from './http/docs-page.ts'
import type { Endpoint } from './http/endpoint.ts'
import { healthEndpoint, type Probe, readyEndpoint } from './http/health.ts'
import { answerTheRest, httpApp, mountEndpoints } from './http/http-app.ts'
import { openApiEndpoint } from './http/open-api.ts'
import { type OriginPolicy, originPolicy } from './http/origins.ts'
import { type LimitFigures, limitFigures, rateLimits, redisStore } from './http/rate-limits.ts'
import type { FactsDeps } from './http/request-facts.ts'
import type { EndpointDeps } from './http/run-endpoint.ts'
import type { Metrics } from './metrics.ts'
import type { RedisLink } from './redis.ts'

export interface ApiOptions extends FrontDoor {
  /** Origins besides its own that pages may connect to at this moment. */
  connectTo: () => readonly string[]
  /** Other hosts whose films pages may play. */
  playFrom?: readonly string[]
  /** Other hosts to which pages send forms. */
  sendTo?: readonly string[]
  version: string
  production: boolean
  log: Logger & { child(facts: object): Logger }
  world: World
  authenticate: Authenticate
  endpoints: readonly Endpoint[]
  probes: Record<string, Probe>
  isStopping: () => boolean
  metrics: Metrics
  rateLimitFactor: number
  /** With it all processes count together. */
  redis: Pick<RedisLink, 'commands'> | undefined
  /** What comes after the endpoints and before "not found": foreign protocols, pages. */
  mount: ((app: Express, deps: EndpointDeps) => void)[]
}

/** Whom the server listens to, over HTTP and over sockets alike. */
export interface FrontDoor {
  origins: OriginPolicy
  address: ClientAddress
}

export function frontDoor(
  config: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'trustedProxies'>,
): FrontDoor {
  const { publicUrl, allowedOrigins, trustedProxies } = config
  return {
    origins: originPolicy([...(publicUrl ? [publicUrl] : []), ...allowedOrigins]),
    address: clientAddress(trustedProxies, publicUrl),
  }
}

export interface Api {
  app: Express
  /** For requests that a socket answers and not the app. */
  sockets: EndpointDeps & FactsDeps
}

export function api(options: ApiOptions): Api {
  const { log, world, origins, address, metrics, version, authenticate, production } = options
  const { connectTo, playFrom, sendTo } = options
  const facts = { log, newId: world.newId, address, observe: metrics.http }
  const app = httpApp({ ...facts, origins, connectTo, playFrom, sendTo })
  const info = { title: 'Odeon', version, description: 'An open-source server for live rooms.' }
  const all: Endpoint[] = [
    ...options.endpoints,
    healthEndpoint({ version, now: world.now }),
    readyEndpoint({ probes: options.probes, isStopping: options.isStopping }),
    metrics.endpoint,
  ]
  all.push(
    openApiEndpoint(() => all, info),
    ...docsEndpoints(() => all, info),
  )
  const store = options.redis && redisStore(options.redis.commands)
  const limits = rateLimits(figures(options.rateLimitFactor), store)
  const deps = { authenticate, limits, origins, production }
  mountEndpoints(app, all, deps)
  for (const mount of options.mount) mount(app, deps)
  answerTheRest(app)
  return { app, sockets: { ...deps, ...facts } }
}

/** The usual figures times the factor; the window stays. */
function figures(factor: number): LimitFigures {
  const usual = limitFigures.parse({})
  const times = (max: number) => Math.max(1, Math.round(max * factor))
  return {
    windowSeconds: usual.windowSeconds,
    anonymousMax: times(usual.anonymousMax),
    signedInMax: times(usual.signedInMax),
    loginMax: times(usual.loginMax),
    guestMax: times(usual.guestMax),
    lookupMax: times(usual.lookupMax),
    paymentMax: times(usual.paymentMax),
    replayMax: times(usual.replayMax),
  }
}
