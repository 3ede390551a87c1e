/**
 * A real PostgreSQL from npm binaries, for `npm start` on a bare machine and for the tests.
 * It keeps its data under one folder, and stops when this process ends, however it ends.
 */
import { join, resolve } from 'node:path'
import type { Logger } from '@odeon/rooms/ports'
import { makeDataFolder } from './data-folder.ts'
import { usableBinaries } from './embedded-postgres/binaries.ts'
import { databaseName, prepareCluster, superuser } from './embedded-postgres/cluster.ts'
import { lockData } from './embedded-postgres/data-lock.ts'
import { stopLeftovers } from './embedded-postgres/leftovers.ts'
import { Postmaster } from './embedded-postgres/postmaster.ts'
import { accountFor } from './embedded-postgres/run-as.ts'

export { WrongPostgresVersion } from './embedded-postgres/cluster.ts'
export { DataFolderInUse } from './embedded-postgres/data-lock.ts'

export interface EmbeddedPostgres {
  url: string
  /** True when the data folder was empty. */
  created: boolean
  /** Clean shutdown; resolves when the server has ended. */
  stop(): Promise<void>
}

/** `fsync: false` is for tests only: a power cut may then cost the data. */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  log: Logger
  fsync?: boolean
}): Promise<EmbeddedPostgres> {
  const { log, fsync = true } = options
  const dataDir = resolve(options.dataDir)
  await makeDataFolder(dataDir, 0o700)
  const lock = await lockData(dataDir)
  try {
    const runAs = await accountFor(join(dataDir, 'cluster'))
    const binaries = await usableBinaries(runAs)
    const { cluster, password, created } = await prepareCluster({ dataDir, binaries, runAs, fsync })
    await stopLeftovers(cluster, log)
    const { postgres } = binaries
    const postmaster = new Postmaster({ cluster, postgres, runAs, fsync, log })
    await postmaster.start()
    log.info({ dataDir, port: postmaster.port, created }, 'PostgreSQL is running')
    return {
      url: `postgres://${superuser}:${password}@127.0.0.1:${postmaster.port}/${databaseName}`,
      created,
      stop: async () => {
        await postmaster.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
