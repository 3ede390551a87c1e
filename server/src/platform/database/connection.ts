/** One MikroORM with one connection pool under it, opened and closed together. */
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import type { Logger } from '@odeon/rooms/ports'
import { within } from '../within.ts'
import type { Pool } from './sql.ts'

export interface Connection {
  orm: MikroORM
  pool: Pool
  close(): Promise<void>
}

const closeMs = 5_000

/** `driverOptions` are those of a node-postgres pool. */
export async function openConnection(
  options: Options & { clientUrl: string; log: Logger; driverOptions: object },
): Promise<Connection> {
  const { log, driverOptions, ...rest } = options
  let made: Pool | undefined
  const orm = await MikroORM.init({
    ...rest,
    // A missing database is the operator's mistake to see, not ours to paper over.
    ensureDatabase: false,
    discovery: { warnWhenNoEntities: false },
    logger: (text) => log.warn({}, text),
    colors: false,
    driverOptions: {
      ...driverOptions,
      keepAlive: true,
      onPoolCreated: (pool: Pool) => {
        made = pool
        // A restarting PostgreSQL cuts idle connections; without a listener that ends the process.
        pool.on('error', ({ message }) => {
          // The sockets of a pool that was told to end may outlive it for a moment.
          if (!pool.ending) log.warn({ reason: message }, 'database connection lost')
        })
      },
    },
  })
  await orm.em.getConnection().getNativeClient()
  const pool = made
  if (!pool) throw new Error('MikroORM made no connection pool')
  return { orm, pool, close: () => closeInTime(orm, pool, log) }
}

async function closeInTime(orm: MikroORM, pool: Pool, log: Logger): Promise<void> {
  const closed = orm.close(true).then(() => {
    // MikroORM leaves a pool open that only plain SQL has used.
    if (!pool.ending) return pool.end()
  })
  const outcome = await within(closeMs, closed)
  if (outcome === 'late') log.warn({}, 'database connections still busy; leaving them')
}
