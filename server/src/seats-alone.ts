/**
 * A whole server that is asked for seats without HTTP, for the benchmark of what finding a room
 * costs.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initializeRoomCache, matchMaker } from '@colyseus/core'
import type { Capabilities } from './capabilities.ts'
import { compose } from './compose.ts'
import { readConfig } from './config.ts'
import type { Context } from './platform/http/endpoint.ts'
import { Refused } from './platform/http/refusal.ts'
import { createLogger } from './platform/logging.ts'
import { silentProgress } from './platform/start/progress.ts'
import { realWorld as world } from './platform/world.ts'

export interface SeatsAlone {
  /** A seat in the room of the one live stream, for the next of the guests in turn. */
  take(): Promise<void>
  /** Lists a room as an open one is listed. */
  list(roomId: string): Promise<void>
  close(): Promise<void>
}

const settings = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'http://127.0.0.1',
  PUBLIC_ADDRESS: '127.0.0.1:{port}',
  HOST: '127.0.0.1',
  WEB: 'off',
  DEMO: 'off',
  MEDIA: 'off',
}
const guestsAtOnce = 500

/** With a PostgreSQL of its own, on a Redis that is empty. */
export async function openSeats(options: {
  redisUrl: string
  guests: number
}): Promise<SeatsAlone> {
  const { redisUrl: REDIS_URL } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-seats-'))
  const config = readConfig({
    ...settings,
    JWT_SECRET: world.newId(),
    DATA_DIR: dataDir,
    REDIS_URL,
  })
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const { promise, resolve } = Promise.withResolvers<Capabilities>()
  const how = { progress: silentProgress, built: resolve }
  const server = compose({ ...config, port: 0 }, log, how)
  const close = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await server.start()
    const take = await seats(await promise, options.guests)
    const list = async (roomId: string) => {
      const { processId } = matchMaker
      const entry = initializeRoomCache({ roomId, processId, name: 'live', maxClients: 20_000 })
      await matchMaker.driver.insert?.(entry)
    }
    return { take, list, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function seats({ accounts, streams, endpoints }: Capabilities, count: number) {
  const { service } = accounts
  const email = 'host@example.com'
  const host = await service.people.register({ username: 'host', email, password: world.newId() })
  const stream = host instanceof Refused ? host : await streams.create(host.id, { title: 'Live' })
  const endpoint = endpoints.find(({ path }) => path === '/v1/streams/:id/seat')
  if (stream instanceof Refused || endpoint === undefined) throw new Error('there is no stream')
  await streams.start(stream.id, world.now())
  const guests: string[] = []
  const guest = () => service.guest({ name: undefined, userAgent: '' })
  while (guests.length < count) {
    const some = await Promise.all(Array.from({ length: guestsAtOnce }, guest))
    guests.push(...some.map(({ user }) => user.id))
  }
  let turn = 0
  return async () => {
    const userId = guests[(turn += 1) % guests.length] as string
    const identity = { userId, name: 'Guest', kind: 'guest', platformRole: 'user', sid: '' }
    const settle = (outcome: unknown) => {
      if (outcome instanceof Refused) throw new Error(`a seat was refused: ${outcome.code}`)
      return outcome
    }
    const asked = { params: { id: stream.id }, body: {}, identity, settle }
    await endpoint.handle(asked as unknown as Context)
  }
}
