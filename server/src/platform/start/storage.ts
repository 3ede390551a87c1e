/** The database of this start: the operator's own, or the embedded one brought up for it. */
import type { Logger } from '@odeon/rooms/ports'
import { schema } from '../../schema.ts'
import { postgresFolder } from '../data-folder.ts'
import { type Database, openDatabase } from '../database.ts'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import type { Progress } from './progress.ts'

export interface Storage {
  database: Database
  kind: 'embedded' | 'own'
  /** Where it is, password included. */
  url: string
  close(): Promise<void>
}

export interface StorageOptions {
  databaseUrl: string | undefined
  dataDir: string
  log: Logger
  progress: Progress
}

export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { databaseUrl, log, progress } = options
  if (databaseUrl !== undefined) {
    const database = await progress.step('database', async (say) => {
      say('connecting, migrating')
      const opened = await openDatabase({ url: databaseUrl, log, schema })
      say(`your own PostgreSQL, ${schema.migrations.length} migrations in place`)
      return opened
    })
    return { database, kind: 'own', url: databaseUrl, close: () => database.close() }
  }
  const postgres = await progress.step('database', async (say) => {
    say('starting the embedded PostgreSQL')
    const started = await startEmbeddedPostgres({ dataDir: postgresFolder(options.dataDir), log })
    say(started.created ? 'embedded PostgreSQL, new' : 'embedded PostgreSQL')
    return started
  })
  try {
    const database = await progress.step('migrations', async (say) => {
      say('applying')
      const opened = await openDatabase({ url: postgres.url, log, schema })
      say(`${schema.migrations.length} in place`)
      return opened
    })
    const close = async () => {
      await database.close()
      await postgres.stop()
    }
    return { database, kind: 'embedded', url: postgres.url, close }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
