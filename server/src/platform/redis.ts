/** What all processes share: one Redis, its connections, and the news of its going and coming. */
import type { Logger } from '@odeon/rooms/ports'
import type { RedisOptions } from 'ioredis'
import { BoundedRedis, RedisUnavailable, redisLimits } from './redis/bounded-redis.ts'
import { within } from './within.ts'

export { RedisUnavailable, redisLimits } from './redis/bounded-redis.ts'

export interface RedisLink {
  /**
   * For commands. Each ends within `redisLimits.commandMs`; without an answer it rejects with
   * `RedisUnavailable` and may or may not have been carried out. Never for blocking commands.
   */
  commands: BoundedRedis
  /** For subscriptions, to texts and to Buffers. After an outage it subscribes again by itself. */
  subscriber: BoundedRedis
  /** A further connection, closed with the others. `commandTimeout` must outlast what blocks. */
  another(options?: RedisOptions): BoundedRedis
  /** Rejects with `RedisUnavailable` when Redis does not answer. */
  ping(): Promise<void>
  /** Calls each time Redis is back after it was away; it may have come back empty. */
  onBack(listener: () => void): () => void
  /** Ends within `redisLimits.closeMs`, Redis there or not. */
  close(): Promise<void>
}

/** How long a start waits for a Redis that starts at the same time. */
const firstConnectionMs = 10_000

/** Rejects with `RedisUnavailable`, naming host and port and never the password. */
export async function openRedis(
  url: string,
  log: Logger,
  waitMs = firstConnectionMs,
): Promise<RedisLink> {
  const connections: BoundedRedis[] = []
  const listeners = new Set<() => void>()

  const another = (options?: RedisOptions): BoundedRedis => {
    const connection = new BoundedRedis(url, options)
    connections.push(connection)
    connection.duplicate = another
    // Said once an outage, by the connection for commands; each retry of each would be noise.
    connection.on('error', (err: Error) => log.debug({ err }, 'Redis connection'))
    return connection
  }

  const close = async () => {
    await Promise.all(connections.map(takeLeave))
  }

  const commands = another()
  const subscriber = another()
  let lastFault = 'no answer'
  const hear = (error: Error) => (lastFault = error.message)
  commands.on('error', hear)
  const outcome = await within(waitMs, Promise.all([whenReady(commands), whenReady(subscriber)]))
  commands.off('error', hear)
  if (outcome === 'late') {
    await close()
    throw new RedisUnavailable(`REDIS_URL: no Redis answers at ${placeOf(url)} (${lastFault})`)
  }
  watchOutages(commands, log, () => {
    for (const listener of listeners) listener()
  })
  return {
    commands,
    subscriber,
    another,
    close,
    async ping() {
      await commands.ping()
    },
    onBack(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function whenReady(connection: BoundedRedis): Promise<void> {
  if (connection.status === 'ready') return
  await new Promise<void>((resolve) => connection.once('ready', () => resolve()))
}

function watchOutages(commands: BoundedRedis, log: Logger, back: () => void): void {
  let awaySince: number | undefined
  commands.on('close', () => {
    if (awaySince !== undefined) return
    awaySince = performance.now()
    log.warn({}, 'Redis is away')
  })
  commands.on('ready', () => {
    if (awaySince === undefined) return
    log.info({ awayMs: Math.round(performance.now() - awaySince) }, 'Redis is back')
    awaySince = undefined
    back()
  })
}

async function takeLeave(connection: BoundedRedis): Promise<void> {
  connection.removeAllListeners('close')
  if (connection.status === 'ready') {
    await within(
      redisLimits.closeMs,
      connection.quit().catch(() => undefined),
    )
  }
  connection.disconnect()
}

function placeOf(url: string): string {
  const { host } = new URL(url)
  return host
}
