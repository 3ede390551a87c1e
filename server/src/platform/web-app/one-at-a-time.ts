/** A lock between processes as a file that names its holder; a dead holder's lock is void. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

const lookEveryMs = 100
/** No work of ours takes this long: its holder is gone, and its number belongs to another now. */
const heldMsMax = 180_000

export async function oneAtATime<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(lockFile))) {
    if (await isVoid(lockFile)) await rm(lockFile, { force: true })
    else await delay(lookEveryMs)
  }
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}

async function take(lockFile: string): Promise<boolean> {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Empty for the moment between making the file and naming its holder. */
async function isVoid(lockFile: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(lockFile, 'utf8'))
    const { mtimeMs } = await stat(lockFile)
    // In a container the process before us may have had our number.
    if (holder === process.pid && mtimeMs < performance.timeOrigin) return true
    if (holder > 0 && !isAlive(holder)) return true
    return Date.now() - mtimeMs > heldMsMax
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
