/** Brings the tables to the newest form at start: every capability's steps, in order of time. */
import type { Constructor } from '@mikro-orm/core'
import { type Migration, Migrator } from '@mikro-orm/migrations'
import type { Logger } from '@odeon/rooms/ports'
import { openConnection } from './connection.ts'
import { DatabaseUnavailable } from './fault.ts'
import { sqlOver } from './sql.ts'

/** One step. `name` is `yyyymmddhhmmss-what-it-does`; it says the order over all capabilities. */
export interface MigrationEntry {
  name: string
  class: Constructor<Migration>
}

const connectMs = 5_000
const oldestServer = 140_000
/** Any number will do as long as nothing else locks it: two servers must not migrate at once. */
const migrationLock = 7_236_401

export function inOrder(migrations: MigrationEntry[]): MigrationEntry[] {
  const names = new Set<string>()
  for (const { name } of migrations) {
    if (!/^\d{14}-[a-z0-9-]+$/.test(name)) throw new Error(`migration name "${name}" is not valid`)
    if (names.has(name)) throw new Error(`two migrations are named "${name}"`)
    names.add(name)
  }
  return migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export async function migrate(options: {
  url: string
  log: Logger
  migrations: MigrationEntry[]
}): Promise<void> {
  const { url, log } = options
  // A connection of its own: migrations may take longer than any other statement is allowed to.
  const { orm, pool, close } = await openConnection({
    clientUrl: url,
    log,
    entities: [],
    extensions: [Migrator],
    migrations: {
      migrationsList: inOrder(options.migrations),
      tableName: 'migrations',
      snapshot: false,
      disableForeignKeys: false,
      silent: true,
    },
    driverOptions: { application_name: 'odeon-migrate', connectionTimeoutMillis: connectMs },
  })
  try {
    const client = await pool.connect()
    try {
      const sql = sqlOver(client)
      refuseOldServer(await sql`show server_version_num`)
      await sql`select pg_advisory_lock(${migrationLock})`
      const applied = await orm.migrator.up()
      if (applied.length > 0) log.info({ applied: applied.map((one) => one.name) }, 'migrated')
    } finally {
      // Ending the connection lets go of the lock, whatever happened.
      client.release(true)
    }
  } finally {
    await close()
  }
}

function refuseOldServer(rows: object[]): void {
  const version = Number((rows[0] as { server_version_num: string }).server_version_num)
  if (version >= oldestServer) return
  throw new DatabaseUnavailable(
    `Odeon needs PostgreSQL 14 or newer; this server has ${version / 10_000}.`,
  )
}
