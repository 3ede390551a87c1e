/**
 * The whole server on a free port with a database of its own, for tests that come in from outside.
 * One per test file: Colyseus' matchmaker is one per process.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../compose.ts'
import { type Config, readConfig } from '../../config.ts'
import { createLogger } from '../logging.ts'
import { silentProgress } from '../start/progress.ts'
import { atFileEnd } from './file-end.ts'
import { testDatabaseUrl } from './test-database.ts'

export interface TestServer {
  url: string
  port: number
  databaseUrl: string
  /** Every line logged so far. */
  log: string[]
  /** As `fetch`, for a path; `json` becomes the body, `token` the bearer token. */
  fetch(path: string, init?: RequestInit & { json?: unknown; token?: string }): Promise<Response>
  /** A signed-in guest. */
  guest(name?: string): Promise<Person>
  /** A new account, signed in. Its email is `<username>@odeon.test`. */
  register(username: string): Promise<Person>
  /** A stream of that account, pending. */
  stream(host: Person, title?: string): Promise<{ id: string }>
  stop(): Promise<void>
}

export interface Person {
  accessToken: string
  refreshToken: string
  user: { id: string; name: string }
}

export const testPassword = 'correct horse battery'

/** Demo data, pages and rate limits are out of the way unless asked for. Stops with the file. */
export async function startTestServer(settings: Partial<Config> = {}): Promise<TestServer> {
  const databaseUrl = settings.databaseUrl ?? (await testDatabaseUrl())
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-server-'))
  const log: string[] = []
  const config: Config = {
    ...readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      WEB: 'off',
      DEMO: 'off',
      MEDIA: 'off',
    }),
    host: '127.0.0.1',
    port: 0,
    dataDir,
    logLevel: 'debug',
    rateLimitFactor: 10_000,
    ...settings,
  }
  const logger = createLogger({
    level: config.logLevel,
    destination: { write: (line) => void log.push(line) },
  })
  const server = compose(config, logger, { progress: silentProgress, passwordCost: 4 })
  const { url, port } = await server.start()
  let stopped: Promise<void> | undefined
  const end = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const stop = () => (stopped ??= end())
  atFileEnd(stop)
  return { url, port, databaseUrl, log, stop, ...callsTo(url) }
}

function callsTo(url: string): Pick<TestServer, 'fetch' | 'guest' | 'register' | 'stream'> {
  const call: TestServer['fetch'] = (path, { json, token, ...init } = {}) => {
    const headers = new Headers(init.headers)
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    if (json === undefined) return fetch(url + path, { ...init, headers })
    headers.set('content-type', 'application/json')
    return fetch(url + path, { method: 'POST', ...init, headers, body: JSON.stringify(json) })
  }
  const make = async <T>(path: string, json: object, token?: string): Promise<T> => {
    const headers = { 'x-odeon-client': 'program' }
    const reply = await call(path, { json, headers, ...(token !== undefined && { token }) })
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`)
    return (await reply.json()) as T
  }
  return {
    fetch: call,
    guest: (name) => make('/v1/auth/guest', name === undefined ? {} : { name }),
    register: (username) => {
      const email = `${username}@odeon.test`
      return make('/v1/auth/register', { username, email, password: testPassword })
    },
    stream: (host, title = 'A stream') => make('/v1/streams', { title }, host.accessToken),
  }
}
