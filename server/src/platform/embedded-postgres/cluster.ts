/** The folder PostgreSQL keeps its data in: made once, checked at each start, never half made. */
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { RunAs } from './run-as.ts'

const run = promisify(execFile)

export const superuser = 'odeon'
export const databaseName = 'odeon'

export class WrongPostgresVersion extends Error {
  override name = 'WrongPostgresVersion'
}

/** Nothing of our own environment reaches PostgreSQL: it may hold secrets and locales. */
export const bareEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

/**
 * How a process that starts inside the cluster folder names it. Root enters the folder before it
 * becomes the other account, so the folders above need not let that account in.
 */
export function clusterPath(cluster: string, runAs: RunAs): string {
  return runAs.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster
}

/** Makes the cluster if there is none; otherwise checks that these binaries can read it. */
export async function prepareCluster(options: {
  dataDir: string
  binaries: Binaries
  runAs: RunAs
  fsync: boolean
}): Promise<{ cluster: string; password: string; created: boolean }> {
  const { dataDir, binaries, runAs } = options
  const cluster = join(dataDir, 'cluster')
  const passwordFile = join(dataDir, 'password')
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    checkVersion(version.trim(), binaries.majorVersion, dataDir)
    await checkOwner(cluster, dataDir)
    return { cluster, password: (await readFile(passwordFile, 'utf8')).trim(), created: false }
  }
  const password = randomBytes(24).toString('base64url')
  const unfinished = join(dataDir, 'cluster.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    for (const path of [dataDir, unfinished, passwordFile]) await chown(path, runAs.uid, runAs.gid)
  }
  await chmod(dataDir, 0o700)
  await initialise({ ...options, cluster: unfinished, passwordFile })
  await rename(unfinished, cluster)
  return { cluster, password, created: true }
}

function checkVersion(found: string, wanted: string, dataDir: string): void {
  if (found === wanted) return
  throw new WrongPostgresVersion(
    `The data folder ${dataDir} was made by PostgreSQL ${found}; this Odeon carries PostgreSQL ` +
      `${wanted}. Export the data with the version that made it, or use another data folder.`,
  )
}

async function checkOwner(cluster: string, dataDir: string): Promise<void> {
  const { uid } = await stat(cluster)
  const ours = process.getuid?.()
  if (ours === undefined || ours === 0 || ours === uid) return
  throw new Error(
    `The data folder ${dataDir} belongs to another account (uid ${uid}). Start Odeon as that ` +
      'account or as root, or use another data folder.',
  )
}

async function initialise(options: {
  cluster: string
  binaries: Binaries
  runAs: RunAs
  fsync: boolean
  passwordFile: string
}): Promise<void> {
  const { cluster, binaries, runAs } = options
  const path = clusterPath(cluster, runAs)
  const started = { ...runAs, cwd: cluster, env: bareEnvironment }
  // Not `join`: it would fold the `..` before the kernel has followed the link to the folder.
  const passwordFile = path === cluster ? options.passwordFile : `${path}/../password`
  await run(
    binaries.initdb,
    [
      `--pgdata=${path}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting that does not change when the machine's C library does.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(options.fsync ? [] : ['--no-sync']),
    ],
    started,
  )
  await createDatabase(binaries.postgres, path, started)
}

function createDatabase(postgres: string, path: string, started: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const single = spawn(postgres, ['--single', '-D', path, 'postgres'], {
      ...started,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let said = ''
    single.stderr.on('data', (data) => {
      said += data
    })
    single.on('error', reject)
    single.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`PostgreSQL could not set up its data: ${said}`)),
    )
    single.stdin.end(`create database ${databaseName}\n`)
  })
}
