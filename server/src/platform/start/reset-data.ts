/** Deletes the data folder, after whatever runs in it has ended. */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@odeon/rooms/ports'
import { postgresFolder } from '../data-folder.ts'
import { type DataLock, dataOwner, lockData } from '../embedded-postgres/data-lock.ts'
import { DataFolderInUse } from '../embedded-postgres.ts'
import { stopLeftovers } from '../embedded-postgres/leftovers.ts'

export class CannotReset extends Error {
  override name = 'CannotReset'
}

/** All that Odeon ever puts there. A folder with anything else in it was not meant. */
const ours = new Set(['postgres', 'spool', 'media', 'recordings', 'mail', 'jwt-secret'])
/** Longer than a server takes to stop at most. */
const stopWithinMs = 25_000
const lookEveryMs = 100

/** False when there was nothing to delete. */
export async function resetDataFolder(options: {
  dataDir: string
  log: Logger
  say(text: string): void
}): Promise<boolean> {
  const { dataDir, log, say } = options
  const inside = await readdir(dataDir).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (inside.length === 0) return false
  const foreign = inside.filter((name) => !ours.has(name))
  if (foreign.length > 0) {
    throw new CannotReset(
      `${dataDir} holds what is not Odeon's (${foreign.slice(0, 3).join(', ')}). ` +
        'If DATA_DIR is right, delete the folder by hand.',
    )
  }
  if (!inside.includes('postgres')) {
    await rm(dataDir, { recursive: true })
    return true
  }
  const postgres = postgresFolder(dataDir)
  const lock = await stopOwner(postgres, say)
  try {
    // Held until the folder is gone, so that nobody starts in a folder that is being deleted.
    if ((await readdir(postgres)).includes('cluster')) {
      await stopLeftovers(join(postgres, 'cluster'), log)
    }
    await rm(dataDir, { recursive: true })
  } finally {
    await lock.release()
  }
  return true
}

async function stopOwner(postgres: string, say: (text: string) => void): Promise<DataLock> {
  const owner = await dataOwner(postgres)
  if (owner !== undefined) {
    if (!(await isOdeon(owner)))
      throw new CannotReset(`Process ${owner} uses ${postgres}. Stop it.`)
    say(`Stopping the Odeon that runs there (process ${owner}).`)
    process.kill(owner, 'SIGTERM')
  }
  for (const givenUp = Date.now() + stopWithinMs; ; ) {
    try {
      return await lockData(postgres)
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error
      if (Date.now() > givenUp) throw new CannotReset(`Process ${owner} does not stop.`)
      await delay(lookEveryMs)
    }
  }
}

/** Anybody on this machine could answer for the folder; only a server of ours is told to stop. */
async function isOdeon(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.split('\0').some((word) => word.endsWith('server/src/main.ts'))
}
