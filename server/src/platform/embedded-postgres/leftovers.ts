/** What an earlier run left behind: a PostgreSQL that outlived us, a pid file that names nobody. */
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@odeon/rooms/ports'

const stopWithinMs = 30_000
const lookEveryMs = 20

/** The pid PostgreSQL wrote down, which may be dead or somebody else's by now. */
export async function writtenPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

/**
 * Stops what still runs in the cluster folder and waits until all of it is gone. Data is safe: a
 * fast shutdown, after which the next start needs no recovery. Call it with the data lock held.
 */
export async function stopLeftovers(cluster: string, log: Logger): Promise<void> {
  const written = await writtenPid(cluster)
  let running = await postgresIn(cluster, written)
  if (running.length > 0) log.warn({ pids: running }, 'stopping a PostgreSQL of an earlier run')
  const givenUp = Date.now() + stopWithinMs
  for (let look = 0; running.length > 0; look += 1) {
    if (Date.now() > givenUp) {
      throw new Error(
        `PostgreSQL of an earlier run does not stop (processes ${running.join(', ')})`,
      )
    }
    // Asked again after half the time, without waiting for what its clients are doing.
    const signal = Date.now() > givenUp - stopWithinMs / 2 ? 'SIGQUIT' : 'SIGINT'
    if (look % 100 === 0 && written !== undefined && running.includes(written)) {
      process.kill(written, signal)
    }
    await delay(lookEveryMs)
    running = await postgresIn(cluster, written)
  }
  // Nobody runs here, so the file can only mislead: its pid may belong to another program by now.
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** All PostgreSQL processes whose working folder is the cluster; elsewhere than Linux a guess. */
async function postgresIn(cluster: string, written: number | undefined): Promise<number[]> {
  if (process.platform !== 'linux') return written !== undefined && alive(written) ? [written] : []
  const folder = await realpath(cluster)
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const here = await Promise.all(
    pids.map(async (pid) => {
      const [cwd, program] = await Promise.all([
        readlink(`/proc/${pid}/cwd`).catch(() => ''),
        readlink(`/proc/${pid}/exe`).catch(() => ''),
      ])
      return cwd === folder && basename(program).startsWith('postgres') ? pid : 0
    }),
  )
  return here.filter((pid) => pid > 0)
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
