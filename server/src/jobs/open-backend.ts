/** Where Agenda keeps jobs, by its own connections: MongoDB where it is set, else PostgreSQL. */
import type { Logger } from '@odeon/rooms/ports'
import type { AgendaBackend } from 'agenda'

export interface JobStore {
  postgresUrl: string
  mongoUrl?: string | undefined
}

export interface OpenBackend {
  backend: AgendaBackend
  close(): Promise<void>
}

const limits = { connectMs: 5_000, answerMs: 15_000, connectionsMax: 3 } as const

/** Rejects when it cannot be reached now; nothing is left open then. */
export function openBackend({ mongoUrl, postgresUrl }: JobStore, log: Logger) {
  return mongoUrl === undefined ? overPostgres(postgresUrl, log) : overMongo(mongoUrl)
}

async function overPostgres(connectionString: string, log: Logger): Promise<OpenBackend> {
  const { default: pg } = await import('pg')
  const { PostgresBackend } = await import('@agendajs/postgres-backend')
  const pool = new pg.Pool({
    connectionString,
    max: limits.connectionsMax,
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.answerMs,
    application_name: 'odeon jobs',
    keepAlive: true,
  })
  // Without a listener a PostgreSQL that restarts ends the process.
  pool.on('error', ({ message }) => {
    // The sockets of a pool that was told to end may outlive it for a moment.
    if (!pool.ending) log.warn({ reason: message }, 'jobs lost their database')
  })
  const close = () => pool.end()
  const backend = new PostgresBackend({ pool, ensureSchema: false, disableNotifications: true })
  return opened(backend, close)
}

async function overMongo(url: string): Promise<OpenBackend> {
  const { MongoClient } = await import('mongodb')
  const { MongoBackend } = await import('@agendajs/mongo-backend')
  const client = new MongoClient(url, {
    appName: 'odeon',
    maxPoolSize: limits.connectionsMax,
    serverSelectionTimeoutMS: limits.connectMs,
    connectTimeoutMS: limits.connectMs,
    socketTimeoutMS: limits.answerMs,
  })
  const close = () => client.close()
  const mongo = client.db()
  return opened(new MongoBackend({ mongo, collection: 'odeon_jobs', ensureIndex: true }), close)
}

/** Agenda connects in its constructor, where a failure is nobody's to catch: done before, here. */
async function opened(backend: AgendaBackend, close: () => Promise<void>): Promise<OpenBackend> {
  try {
    await backend.connect()
  } catch (error) {
    await close()
    throw error
  }
  const connected = Object.create(backend, { connect: { value: () => Promise.resolve() } })
  return { backend: connected as AgendaBackend, close }
}
