/** The embedded PostgreSQL against all that may happen to it between two starts. */
import { once } from 'node:events'
import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { installedPackage, usableBinaries } from './embedded-postgres/binaries.ts'
import { accountFor } from './embedded-postgres/run-as.ts'
import {
  DataFolderInUse,
  startEmbeddedPostgres,
  WrongPostgresVersion,
} from './embedded-postgres.ts'
import { type Database, openDatabase } from './database.ts'
import {
  closedFolder,
  holdPostgres,
  isPostgres,
  privatePostgres,
  processesIn,
  signalEach,
} from './testing/private-postgres.ts'
import { quietLog } from './testing/quiet-log.ts'

const nothing = { entities: [], migrations: [] }

async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, log: quietLog, schema: nothing })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const write = (url: string) =>
  using(url, async ({ sql }) => {
    await sql`create table kept (word text)`
    await sql`insert into kept values ('kept')`
  })
const read = (url: string) => using(url, ({ sql }) => sql<{ word: string }>`select word from kept`)

const gone = (dataDir: string) =>
  vi.waitFor(async () => expect(await processesIn(dataDir, isPostgres)).toEqual([]), 10_000)

test('[RUN-30] data outlives a clean stop, and the stop leaves no process behind', async () => {
  const dataDir = await closedFolder()
  const first = await privatePostgres(dataDir)
  expect(first.created).toBe(true)
  await write(first.url)
  await first.stop()
  expect(await processesIn(dataDir, () => true)).toEqual([])
  const second = await privatePostgres(dataDir)
  expect(second.created).toBe(false)
  expect(await read(second.url)).toEqual([{ word: 'kept' }])
})

test('[RUN-31] when Odeon is killed its PostgreSQL ends too, and no data is lost', async () => {
  const dataDir = await closedFolder()
  const { said: url, holder } = await holdPostgres(dataDir)
  await write(url)
  holder.kill('SIGKILL')
  await gone(dataDir)
  expect(await read((await privatePostgres(dataDir)).url)).toEqual([{ word: 'kept' }])
})

test('[RUN-32] a PostgreSQL that outlived Odeon all the same is stopped cleanly first', async () => {
  const dataDir = await closedFolder()
  const { said: url, holder } = await holdPostgres(dataDir)
  await write(url)
  const lifeline = await processesIn(dataDir, (program) => !isPostgres(program))
  expect(lifeline.length).toBeGreaterThan(0)
  signalEach(lifeline, 'SIGKILL')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const orphans = await processesIn(dataDir, isPostgres)
  expect(orphans.length).toBeGreaterThan(0)
  const next = await privatePostgres(dataDir)
  expect(await read(next.url)).toEqual([{ word: 'kept' }])
  const running = await processesIn(dataDir, isPostgres)
  expect(running.filter((pid) => orphans.includes(pid))).toEqual([])
})

test('[RUN-33] a stale pid file that names another living program does not stop the start', async () => {
  const dataDir = await closedFolder()
  const first = await privatePostgres(dataDir)
  await write(first.url)
  const pidFile = join(dataDir, 'cluster', 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8')).split('\n')
  await first.stop()
  await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
  expect(await read((await privatePostgres(dataDir)).url)).toEqual([{ word: 'kept' }])
})

test('[RUN-34] a second Odeon on the same data folder is refused and told who has it', async () => {
  const dataDir = await closedFolder()
  const { said: url, holder } = await holdPostgres(dataDir)
  const second = startEmbeddedPostgres({ dataDir, log: quietLog })
  await expect(second).rejects.toThrow(DataFolderInUse)
  await expect(second).rejects.toThrow(`process ${holder.pid}`)
  await using(url, ({ sql }) => sql`select 1`)
})

test('[RUN-35] data of another major version is refused by name and left alone', async () => {
  const dataDir = await closedFolder()
  await mkdir(join(dataDir, 'cluster'))
  await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '12\n')
  const start = startEmbeddedPostgres({ dataDir, log: quietLog })
  await expect(start).rejects.toThrow(WrongPostgresVersion)
  await expect(start).rejects.toThrow(/made by PostgreSQL 12; this Odeon carries PostgreSQL 18/)
  expect(await readFile(join(dataDir, 'cluster', 'PG_VERSION'), 'utf8')).toBe('12\n')
})

test('[RUN-36] it starts from a checkout that other accounts cannot enter', async () => {
  const outer = await closedFolder()
  const installed = await installedPackage()
  const packageDir = join(outer, 'package')
  await cp(installed.packageDir, packageDir, { recursive: true, verbatimSymlinks: true })
  const runAs = await accountFor(join(outer, 'cluster'))
  const { postgres, majorVersion } = await usableBinaries(runAs, { ...installed, packageDir })
  expect(majorVersion).toBe('18')
  expect(postgres.startsWith(outer)).toBe(process.getuid?.() !== 0)
  // The data itself stays where it was asked for.
  const dataDir = join(outer, 'data')
  await write((await privatePostgres(dataDir)).url)
  expect((await stat(join(dataDir, 'cluster'))).mode & 0o077).toBe(0)
  expect((await stat(join(dataDir, 'password'))).mode & 0o077).toBe(0)
})

test('[RUN-37] a PostgreSQL that dies under us comes back on the same address', async () => {
  const postgres = await privatePostgres()
  await write(postgres.url)
  const before = await processesIn(postgres.dataDir, isPostgres)
  await postgres.crash()
  await vi.waitFor(async () => expect(await read(postgres.url)).toEqual([{ word: 'kept' }]), 10_000)
  const after = await processesIn(postgres.dataDir, isPostgres)
  expect(after.filter((pid) => before.includes(pid))).toEqual([])
})

test('[RUN-38] a first start that was cut off half-way is begun again', async () => {
  const dataDir = await closedFolder()
  await mkdir(join(dataDir, 'cluster.unfinished'))
  await writeFile(join(dataDir, 'cluster.unfinished', 'PG_VERSION'), '18\n')
  await writeFile(join(dataDir, 'password'), 'of the first attempt\n')
  const { url, created } = await privatePostgres(dataDir)
  expect(created).toBe(true)
  await write(url)
})

test('[RUN-39] nothing of our environment reaches PostgreSQL', async () => {
  vi.stubEnv('JWT_SECRET', 'not-for-the-database')
  const { dataDir } = await privatePostgres()
  const all = await processesIn(dataDir, () => true)
  const environments = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8')))
  expect(environments.length).toBeGreaterThan(3)
  expect(environments.join()).not.toContain('not-for-the-database')
})
