/**
 * The way to PostgreSQL: MikroORM for entities, `sql` for hot paths, one pool behind both.
 * Capabilities export their entities and migrations; `schema.ts` lists them.
 */
import type { EntityManager, MikroORM, Options } from '@mikro-orm/postgresql'
import type { Logger } from '@odeon/rooms/ports'
import { openConnection } from './database/connection.ts'
import { databaseFault } from './database/fault.ts'
import { type MigrationEntry, migrate } from './database/migrate.ts'
import { preparedOver, type Sql, sqlOver, transactionOver } from './database/sql.ts'
import { within } from './within.ts'

export { DatabaseUnavailable } from './database/fault.ts'
export type { MigrationEntry } from './database/migrate.ts'
export type { Sql } from './database/sql.ts'

export type Entities = NonNullable<Options['entities']>

/** What a capability keeps: the entities it reads and the steps that make their tables. */
export interface Schema {
  entities: Entities
  migrations: MigrationEntry[]
}

export interface Database {
  readonly orm: MikroORM
  /** A fresh identity map; one for each unit of work. */
  em(): EntityManager
  /** Plain SQL: sql`select … where id = ${id}`; values travel apart from the text. */
  readonly sql: Sql
  /** The same for what is asked hundreds of times a second: see `preparedOver`. */
  readonly prepared: Sql
  /** Runs `work` in one transaction; it is undone when `work` rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** The same with statements that are parsed once for each connection. */
  preparedTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Rejects with `DatabaseUnavailable` unless PostgreSQL answers in time. */
  ping(timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

export const databaseLimits = {
  poolMax: 16,
  connectMs: 5_000,
  statementMs: 10_000,
  /** Beyond the statement's limit: it is for a server that does not answer at all. */
  silenceMs: 5_000,
  idleInTransactionMs: 15_000,
  pingMs: 2_000,
} as const

/**
 * Connects, applies outstanding migrations, and resolves when the database is ready for use.
 * `statementMs` is for programs that read all there is, and not for servers.
 */
export async function openDatabase(options: {
  url: string
  log: Logger
  schema: Schema
  statementMs?: number
}): Promise<Database> {
  const { url, log, schema, statementMs = databaseLimits.statementMs } = options
  try {
    await migrate({ url, log, migrations: schema.migrations })
    return await connect({ url, log, entities: schema.entities, statementMs })
  } catch (error) {
    throw databaseFault(error, url)
  }
}

async function connect(options: {
  url: string
  log: Logger
  entities: Entities
  statementMs: number
}): Promise<Database> {
  const { url, log, entities, statementMs } = options
  const { orm, pool, close } = await openConnection({
    clientUrl: url,
    log,
    entities,
    pool: { min: 0, max: databaseLimits.poolMax },
    driverOptions: {
      application_name: 'odeon',
      connectionTimeoutMillis: databaseLimits.connectMs,
      statement_timeout: statementMs,
      query_timeout: statementMs + databaseLimits.silenceMs,
      idle_in_transaction_session_timeout: databaseLimits.idleInTransactionMs,
    },
  })
  const sql = sqlOver(pool)
  const prepared = preparedOver(pool)
  const em = () => orm.em.fork() as EntityManager
  const transaction = transactionOver(pool)
  const preparedTransaction = transactionOver(pool, preparedOver)
  const ping = pinger(sql, url)
  return { orm, em, sql, prepared, transaction, preparedTransaction, ping, close }
}

function pinger(sql: Sql, url: string): Database['ping'] {
  // Many may ask at once; one question to the database answers them all.
  let asked: Promise<unknown> | undefined
  return async (timeoutMs = databaseLimits.pingMs) => {
    asked ??= sql`select 1`.finally(() => {
      asked = undefined
    })
    try {
      const outcome = await within(timeoutMs, asked)
      if (outcome === 'late') throw new Error(`no answer in ${timeoutMs} ms`)
    } catch (error) {
      throw databaseFault(error, url)
    }
  }
}
