/**
 * One process per data folder. The lock is a listening local socket named after the folder: the
 * kernel grants it once and takes it back when the process dies, however it dies.
 */
import { rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse'
}

export interface DataLock {
  release(): Promise<void>
}

export async function lockData(dataDir: string): Promise<DataLock> {
  const address = await addressOf(dataDir)
  let server = await listen(address)
  if (!server) {
    const owner = await askOwner(address)
    if (owner === undefined && !address.startsWith('\0')) {
      await rm(address, { force: true })
      server = await listen(address)
    }
    if (!server) {
      throw new DataFolderInUse(
        `Another Odeon (process ${owner ?? 'unknown'}) is using the data folder ${dataDir}. ` +
          'Stop it first, or choose another data folder. Several processes of one house need a ' +
          'DATABASE_URL.',
      )
    }
  }
  const held = server
  return { release: () => new Promise((resolve) => held.close(() => resolve())) }
}

/** The process that uses the data folder now, if any. */
export async function dataOwner(dataDir: string): Promise<number | undefined> {
  const said = Number(await askOwner(await addressOf(dataDir)))
  return Number.isInteger(said) && said > 0 ? said : undefined
}

/**
 * Linux has socket names that are no files, so nothing is left behind; elsewhere a file must do.
 */
async function addressOf(dataDir: string): Promise<string> {
  const { dev, ino } = await stat(dataDir)
  const name = `odeon-data-${dev}-${ino}`
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.end(String(process.pid))
    })
    server.unref()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path: address, exclusive: true }, () => resolve(server))
  })
}

/** The pid behind the lock, or undefined when nobody answers. */
function askOwner(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(address)
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (data) => {
      said += data.toString()
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(said || undefined))
  })
}
