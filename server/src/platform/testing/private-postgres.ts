/**
 * A PostgreSQL of its own for a test that stops, kills or starves it; and a process that holds one.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readlink, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { writtenPid } from '../embedded-postgres/leftovers.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { quietLog } from './quiet-log.ts'

/** A folder nobody else may enter, gone after the test. */
export async function closedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-closed-'))
  // A PostgreSQL that was told to stop may write its last words meanwhile.
  const patient = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const
  onTestFinished(() => rm(folder, patient))
  return folder
}

export interface PrivatePostgres extends EmbeddedPostgres {
  dataDir: string
  /** Ends the server the hard way; it comes back by itself, after recovery. */
  crash(): Promise<void>
  /** Stops all its processes as if the machine hung, until thawed. */
  freeze(): Promise<void>
  thaw(): Promise<void>
}

export async function privatePostgres(dataDir?: string): Promise<PrivatePostgres> {
  const folder = dataDir ?? (await closedFolder())
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log: quietLog, fsync: false })
  let isStopped = false
  const signalAll = async (signal: NodeJS.Signals) => {
    signalEach(await processesIn(folder, isPostgres), signal)
  }
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await signalAll('SIGCONT')
    await postgres.stop()
  }
  onTestFinished(stop)
  return {
    ...postgres,
    dataDir: folder,
    stop,
    crash: async () => {
      const pid = await writtenPid(join(folder, 'cluster'))
      if (pid === undefined) throw new Error('no PostgreSQL runs here')
      process.kill(pid, 'SIGQUIT')
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
  }
}

/** Some of a cluster's processes live for a moment only: one that is gone already is no fault. */
export function signalEach(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

export const isPostgres = (program: string) => program.startsWith('postgres')

/** Processes that live in a cluster, by the name of their program. Linux only, like the tests. */
export async function processesIn(
  dataDir: string,
  wanted: (program: string) => boolean,
): Promise<number[]> {
  const cluster = await realpath(join(dataDir, 'cluster'))
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '')
      // One that ends while it is looked at has no program any more, so it is nobody's.
      return cwd === cluster && program !== '' && wanted(basename(program)) ? pid : 0
    }),
  )
  return found.filter((pid) => pid > 0)
}

const module = fileURLToPath(new URL('../embedded-postgres.ts', import.meta.url))
const script = `
  const { startEmbeddedPostgres } = await import(process.argv[1])
  const levels = ['debug', 'info', 'warn', 'error']
  const log = Object.fromEntries(levels.map((level) => [level, () => {}]))
  try {
    const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2], log })
    console.log(url)
    setInterval(() => {}, 60_000)
  } catch (error) {
    console.log(error.message)
    process.exit(1)
  }`

/** Another process with a PostgreSQL, fsync on; `said` is its URL, or why it does not start. */
export async function holdPostgres(
  dataDir: string,
): Promise<{ said: string; holder: ChildProcess }> {
  const holder = spawn(
    process.execPath,
    ['--conditions=development', '--input-type=module', '-e', script, module, dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  onTestFinished(() => {
    holder.kill('SIGKILL')
  })
  const [said] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string]
  return { said, holder }
}
