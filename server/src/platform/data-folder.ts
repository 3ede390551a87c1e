/** The folder in which Odeon keeps what is its own: the embedded database, the spool, a secret. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the embedded PostgreSQL lives inside the data folder. */
export const postgresFolder = (dataDir: string) => join(dataDir, 'postgres')

/** Where the archive keeps what is announced and not yet stored. */
export const spoolFolder = (dataDir: string) => join(dataDir, 'spool')

/** Where people's pictures lie. */
export const mediaFolder = (dataDir: string) => join(dataDir, 'media')

/** Where recordings lie when nothing else keeps them. */
export const recordingsFolder = (dataDir: string) => join(dataDir, 'recordings')

/** Where letters lie when nobody carries them. */
export const mailFolder = (dataDir: string) => join(dataDir, 'mail')

const secretBytesMin = 32

export class DataFolderUnwritable extends Error {
  override name = 'DataFolderUnwritable'
}

/** The secret for access tokens: the one that was set, or one made here once and kept. */
export async function jwtSecret(dataDir: string, given: string | undefined): Promise<Uint8Array> {
  if (given !== undefined) return new TextEncoder().encode(given)
  await makeDataFolder(dataDir)
  const path = join(dataDir, 'jwt-secret')
  try {
    // Two processes that start at once must end with one secret: the first to write it wins.
    const made = randomBytes(secretBytesMin).toString('base64url')
    await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw dataFault(error, dataDir)
  }
  const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url')
  if (secret.length >= secretBytesMin) return secret
  throw new Error(`${path} is damaged. Delete it; everybody will have to sign in again.`)
}

export async function makeDataFolder(dataDir: string, mode = 0o755): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode }).catch((error: unknown) => {
    throw dataFault(error, dataDir)
  })
}

/** Of an account that may not, a disk that cannot, or a path that leads through a file. */
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT'])

/** In words that say what to do, where the folder is the cause. */
export function dataFault(error: unknown, dataDir: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (!unwritable.has(code)) return error
  const [why] = message.split(', ')
  return new DataFolderUnwritable(
    `The data folder ${dataDir} cannot be written (${why}). Let this account write there, or set ` +
      'DATA_DIR to a folder where it may.',
  )
}
