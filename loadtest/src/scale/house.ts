/** One house on this machine: PostgreSQL, Redis, a process that writes and some that relay. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LineProcess } from '../line-process.ts'
import { freePort, ownServer, type ServerUnderLoad } from '../load/server-under-load.ts'
import { type PrivateRedis, privateRedis } from '../soak/private-redis.ts'

export interface House {
  redis: PrivateRedis
  writer: ServerUnderLoad
  relays: ServerUnderLoad[]
  /** All of them as one server: the writer comes first, its room opens there. */
  server: ServerUnderLoad
  stop(): Promise<void>
}

const startMsMax = 120_000
const stopMsMax = 60_000

export async function startHouse(relayCount: number): Promise<House> {
  const opened: (() => Promise<void>)[] = []
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
      // Every viewer is carried, so that the writer's process does nothing but write and answer.
      RELAY_FROM_VIEWERS: '0',
    }
    const servers: ServerUnderLoad[] = []
    opened.push(async () => void (await Promise.all(servers.map((one) => one.stop()))))
    const [first] = (servers.push(await ownServer(settings)), servers)
    if (first === undefined) throw new Error('no server')
    servers.push(
      ...(await Promise.all(Array.from({ length: relayCount }, () => ownServer(settings)))),
    )
    return { redis, writer: first, relays: servers.slice(1), server: asOne(servers), stop }
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

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-scale-'))
  const file = join(import.meta.dirname, 'postgres-process.ts')
  const args = ['--conditions=development', file, folder]
  const child = new LineProcess('PostgreSQL', process.execPath, args)
  const { url } = await child.hear(({ url: said }) => typeof said === 'string', startMsMax)
  return {
    url: String(url),
    async stop() {
      await child.stop(stopMsMax)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
