/** One house on this machine: PostgreSQL, Redis and several processes that share a room. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LineProcess } from '../line-process.ts'
import {
  freePort,
  type OwnServer,
  ownServer,
  type ServerUnderLoad,
} from '../load/server-under-load.ts'
import { type PrivateRedis, privateRedis } from './private-redis.ts'

export interface House {
  redis: PrivateRedis
  postgres: PrivatePostgres
  /** Those it began with as one server; what opens first opens in the first one. */
  server: ServerUnderLoad
  processes: OwnServer[]
  /** One more process. */
  add(): Promise<OwnServer>
  /** Again on its port and with its folder, as a keeper of processes does when one has ended. */
  restart(process: OwnServer): Promise<void>
  stop(): Promise<void>
}

export interface PrivatePostgres {
  url: string
  /** Ends it with SIGKILL, as a machine without memory does; who keeps it starts it again. */
  kill(): Promise<void>
  /** Resolves when another one is there than the one that was killed. */
  back(): Promise<void>
}

const postgresFile = join(import.meta.dirname, '../../../server/src/postgres-alone.ts')
const startMsMax = 120_000
const stopMsMax = 60_000

/** Viewers are seated where a room is written until there are `relayFromViewers`, then beside. */
export async function startHouse(options: {
  processes: number
  relayFromViewers: number
  /** More of the first one, in which opens what opens first. */
  first?: NodeJS.ProcessEnv | undefined
}): Promise<House> {
  const opened: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of opened.splice(0).toReversed()) await end()
  }
  try {
    const postgres = await startPostgres()
    opened.push(postgres.stop)
    const redis = await privateRedis(await freePort())
    opened.push(() => redis.stop())
    const settings = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      PUBLIC_ADDRESS: '127.0.0.1:{port}',
      JWT_SECRET: randomBytes(48).toString('base64'),
      RELAY_FROM_VIEWERS: String(options.relayFromViewers),
    }
    const servers: OwnServer[] = []
    const folder = await mkdtemp(join(tmpdir(), 'odeon-house-'))
    opened.push(() => rm(folder, { recursive: true, force: true }))
    // As under PM2: what one has compiled the next one takes.
    const code = { NODE_COMPILE_CACHE: join(folder, 'code') }
    opened.push(() => Promise.all(servers.map((one) => one.stop())))
    const start = (port: number, more: NodeJS.ProcessEnv = {}) => {
      const own = { PORT: String(port), DATA_DIR: join(folder, String(port)) }
      return ownServer({ ...settings, ...code, ...own, ...more })
    }
    const add = async (more?: NodeJS.ProcessEnv) => {
      const one = await start(await freePort(), more)
      servers.push(one)
      return one
    }
    // The first one makes the database ready for all.
    await add(options.first)
    for (let n = 1; n < options.processes; n += 1) await add()
    const restart = async (ended: OwnServer) => {
      await ended.ended
      await ended.stop()
      servers[servers.indexOf(ended)] = await start(ended.port)
    }
    return {
      redis,
      postgres,
      server: asOne(servers),
      processes: servers,
      add: () => add(),
      restart,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function asOne(servers: ServerUnderLoad[]): ServerUnderLoad {
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  return {
    ...first,
    urls: servers.flatMap(({ urls }) => urls),
    addresses: servers.flatMap(({ addresses }) => addresses),
    pids: servers.flatMap(({ pids }) => pids),
    stop: () => Promise.resolve(),
  }
}

async function startPostgres(): Promise<PrivatePostgres & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-house-'))
  const args = ['--conditions=development', postgresFile, folder]
  const child = new LineProcess('PostgreSQL', process.execPath, args)
  const { url } = await child.hear(({ url: said }) => typeof said === 'string', startMsMax)
  let killed = 0
  return {
    url: String(url),
    async kill() {
      killed = await postmasterOf(folder)
      process.kill(killed, 'SIGKILL')
    },
    async back() {
      const until = performance.now() + startMsMax
      for (let pid = killed; pid === killed; pid = await postmasterOf(folder).catch(() => killed)) {
        if (performance.now() > until) throw new Error('PostgreSQL did not come back')
        await sleep(50)
      }
    },
    async stop() {
      await child.stop(stopMsMax)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** As the server itself writes it down, in the first line. */
async function postmasterOf(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')
  const pid = Number.parseInt(text, 10)
  if (!(pid > 1)) throw new Error('no PostgreSQL runs here')
  return pid
}
