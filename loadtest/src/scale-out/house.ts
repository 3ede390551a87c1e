/** Several processes of one house on a PostgreSQL and Redis of their own, with a live stream. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStream } from '../kinds/live.ts'
import { LineProcess } from '../line-process.ts'
import { freePort, ownServer, type ServerUnderLoad } from '../load/server-under-load.ts'
import { privateRedis } from '../soak/private-redis.ts'

const postgresFile = join(import.meta.dirname, '../../../server/src/postgres-alone.ts')

export interface House {
  addresses: string[]
  serverPids: number[]
  redisPid: number
  seatPath: string
  stop(): Promise<void>
}

/** Viewers are seated where the room is written until there are `relayFromViewers`, then beside. */
export async function startHouse(options: {
  processes: number
  relayFromViewers: number
}): Promise<House> {
  const ends: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end()
  }
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'odeon-house-'))
    ends.push(() => rm(dataDir, { recursive: true, force: true }))
    const args = ['--conditions=development', postgresFile, dataDir]
    const postgres = new LineProcess('PostgreSQL', process.execPath, args)
    // It needs longer than most to end in order.
    ends.push(async () => {
      process.kill(postgres.pid, 'SIGTERM')
      await postgres.ended
    })
    const { url } = await postgres.hear((fact) => 'url' in fact, 120_000)
    const redis = await privateRedis(await freePort())
    ends.push(() => redis.stop())
    const settings = {
      DATABASE_URL: url as string,
      REDIS_URL: redis.url,
      JWT_SECRET: randomBytes(48).toString('base64'),
      PUBLIC_ADDRESS: '127.0.0.1:{port}',
      RELAY_FROM_VIEWERS: String(options.relayFromViewers),
    }
    const servers: ServerUnderLoad[] = []
    for (let n = 0; n < options.processes; n += 1) {
      const server = await ownServer(settings)
      ends.push(() => server.stop())
      servers.push(server)
    }
    const room = await openStream(servers[0] as ServerUnderLoad)
    ends.push(() => room.end())
    return {
      addresses: servers.flatMap(({ addresses }) => addresses),
      serverPids: servers.flatMap(({ pids }) => pids),
      redisPid: redis.pid,
      seatPath: room.seatPath,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
