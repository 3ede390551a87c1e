/**
 * One house of several processes: real servers on one PostgreSQL and one Redis, each with a port of
 * its own, for tests of what must hold when some of them stop, hang or die.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'
import { type PrivateRedis, privateRedis } from './private-redis.ts'
import { type ProcessSettings, type ServerProcess, startServer } from './server-process.ts'

/** An address that speaks Odeon's HTTP: a process, or what stands before several. */
export interface Front {
  url: string
  /** As `fetch`, for a path; `json` becomes the body, `token` the bearer token. */
  ask(path: string, options?: Ask): Promise<Response>
  /** As `ask`; what it answers when that is good, an error with the answer when it is not. */
  get<T>(path: string, options?: Ask): Promise<T>
}

export interface HouseProcess extends ServerProcess, Front {
  /** `127.0.0.1:port`, where it listens. */
  address: string
  /** Stops it as if the machine hung, until thawed. Resolves when it stands still. */
  freeze(): void
  thaw(): void
}

export interface Ask {
  json?: unknown
  token?: string
  method?: string
  /** Gives up after it. */
  withinMs?: number
}

export interface House {
  redis: PrivateRedis
  processes: HouseProcess[]
  /** One more process, or one in the place of one that ended. */
  add(settings?: ProcessSettings): Promise<HouseProcess>
}

export interface HouseOptions {
  /** Of `testDatabaseUrl()`. */
  databaseUrl: string
  processes: number
  /** For all of them; `LOG_LEVEL` is `warn` unless it says otherwise. */
  settings?: ProcessSettings
}

export async function startHouse(options: HouseOptions): Promise<House> {
  const redis = await privateRedis()
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-house-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true, maxRetries: 50 }))
  const processes: HouseProcess[] = []

  const add = async (settings: ProcessSettings = {}) => {
    const port = await freePort()
    const server = await startServer({
      DATA_DIR: dataDir,
      DATABASE_URL: options.databaseUrl,
      REDIS_URL: redis.url,
      RATE_LIMIT_FACTOR: '10000',
      ...options.settings,
      ...settings,
      PORT: String(port),
    })
    const one = {
      ...server,
      address: `127.0.0.1:${port}`,
      ...callsTo(server.url),
      freeze: () => server.kill('SIGSTOP'),
      thaw: () => server.kill('SIGCONT'),
    }
    processes.push(one)
    return one
  }

  await Promise.all(Array.from({ length: options.processes }, () => add()))
  return { redis, processes, add }
}

export function callsTo(url: string): Omit<Front, 'url'> {
  const ask: Front['ask'] = (path, { json, token, method, withinMs = 20_000 } = {}) => {
    const headers = new Headers({ 'x-odeon-client': 'program' })
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    if (json !== undefined) headers.set('content-type', 'application/json')
    return fetch(url + path, {
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      headers,
      signal: AbortSignal.timeout(withinMs),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
  }
  return {
    ask,
    async get<T>(path: string, options?: Ask) {
      const reply = await ask(path, options)
      if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`)
      return (await reply.json()) as T
    },
  }
}
