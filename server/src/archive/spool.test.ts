/** What is announced and not yet stored outlives a killed process, in files of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { closedFolder } from '../platform/testing/private-postgres.ts'
import { recordingLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { archiveLimits } from './limits.ts'
import { PostgresLogArchive } from './log-archive.ts'

const database = await testDatabase()
const { log, lines } = recordingLog()
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Appends to a room and is killed in the same turn of its event loop. */
const victim = `
  const [archiveUrl, databaseUrl, url, spoolDir, roomId, count] = process.argv.slice(1)
  const { PostgresLogArchive } = await import(archiveUrl)
  const { openDatabase } = await import(databaseUrl)
  const levels = ['debug', 'info', 'warn', 'error']
  const log = Object.fromEntries(levels.map((level) => [level, () => {}]))
  const database = await openDatabase({ url, log, schema: { entities: [], migrations: [] } })
  const archive = new PostgresLogArchive({ database, log, now: Date.now, spoolDir })
  const { epoch, head } = await archive.open(roomId)
  const record = (seq) => ({ type: 'chat.posted', entry: { seq, at: seq, text: 'line\\n' + seq } })
  process.stdin.once('data', () => {
    for (let n = 1; n <= Number(count); n += 1) archive.append(roomId, epoch, [record(head + n)])
    process.kill(process.pid, 'SIGKILL')
  })
  console.log('open')`

async function killWhileAppending(spoolDir: string, roomId: string, count: number): Promise<void> {
  const flags = ['--conditions=development', '--input-type=module', '-e']
  const paths = [here('./log-archive.ts'), here('../platform/database.ts')]
  const child = spawn(
    process.execPath,
    [...flags, victim, ...paths, database.url, spoolDir, roomId, String(count)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await once(child.stdout, 'data')
  await database.transaction(async (sql) => {
    await sql`lock table log_entries in access exclusive mode`
    child.stdin.write('go')
    await once(child, 'exit')
    // Its statement would go on without it as soon as the lock is gone.
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    await vi.waitFor(async () => {
      const [waiting] = await sql`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      expect(waiting).toEqual({ n: 0 })
    })
  })
}

const stored = async (roomId: string) => {
  const rows = await database.sql<{ seq: string }>`
    select seq from log_entries where room_id = ${roomId} order by seq`
  return rows.map((row) => Number(row.seq))
}
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const start = (spoolDir: string) =>
  new PostgresLogArchive({ database, log, now: Date.now, spoolDir })
const line = (seq: number) => ({
  type: 'chat.posted',
  entry: { seq, at: seq, text: `line ${seq}` },
})

test('[ARC-12] a killed process loses no entry, and its numbers go on without a jump', async () => {
  const spoolDir = await closedFolder()
  await killWhileAppending(spoolDir, 'killed', 700)
  expect(await stored('killed')).toEqual([])
  const next = start(spoolDir)
  expect(await next.open('killed')).toEqual({ epoch: 2, head: 700 })
  expect(await stored('killed')).toEqual(upTo(700))
  expect((await next.tail('killed', 1))[0]?.entry.text).toBe('line\n700')
  await next.close(1_000)
})

test('[ARC-12] a line cut off in the middle is left out, the whole ones are stored', async () => {
  const spoolDir = await closedFolder()
  await mkdir(join(spoolDir, '0'))
  const whole = JSON.stringify(['torn', 1, 'chat.posted', line(1).entry])
  const path = join(spoolDir, '0', '00000001.spool')
  await writeFile(path, `${whole}\n${whole.slice(0, 20)}`)
  const archive = start(spoolDir)
  await archive.open('torn')
  expect(await stored('torn')).toEqual([1])
  expect(lines.map((one) => one.text)).toContain('a spooled log entry is damaged')
  await archive.close(1_000)
})

test('[ARC-12] a start that is stopped at once leaves the spool to the next one', async () => {
  const spoolDir = await closedFolder()
  await mkdir(join(spoolDir, '0'))
  const left = JSON.stringify(['hasty', 1, 'chat.posted', line(1).entry])
  await writeFile(join(spoolDir, '0', '00000001.spool'), `${left}\n`)
  await database.transaction(async (sql) => {
    await sql`lock table log_entries in access exclusive mode`
    await start(spoolDir).close(0)
    const [count] = await sql`select count(*)::int as n from log_entries where room_id = 'hasty'`
    expect(count).toEqual({ n: 0 })
  })
  const next = start(spoolDir)
  await next.open('hasty')
  expect(await stored('hasty')).toEqual([1])
  await next.close(1_000)
})

test('[ARC-16] amendments outlive a killed process with what they replace', async () => {
  const spoolDir = await closedFolder()
  await mkdir(join(spoolDir, '0'))
  const spooled = (entry: object, ...amends: true[]) =>
    JSON.stringify(['mended', 1, 'chat.posted', entry, ...amends])
  const mended = { ...line(1).entry, text: 'mended' }
  const left = [spooled(line(1).entry), spooled(line(2).entry), spooled(mended, true)]
  await writeFile(join(spoolDir, '0', '00000001.spool'), `${left.join('\n')}\n`)
  const archive = start(spoolDir)
  await archive.open('mended')
  const texts = (await archive.tail('mended', 2)).map(({ entry }) => entry['text'])
  expect(texts).toEqual(['mended', 'line 2'])
  await archive.close(1_000)
})

test('[ARC-13] processes spool apart; the dead are recovered, not the living', async () => {
  const spoolDir = await closedFolder()
  const first = start(spoolDir)
  const { epoch } = await first.open('apart')
  await mkdir(join(spoolDir, '1'))
  const left = JSON.stringify(['apart-dead', 1, 'chat.posted', line(1).entry])
  await writeFile(join(spoolDir, '1', '00000007.spool'), `${left}\n`)
  first.append('apart', epoch, [line(1)])
  const second = start(spoolDir)
  await second.open('elsewhere')
  expect(await stored('apart-dead')).toEqual([1])
  expect((await readdir(spoolDir)).toSorted()).toEqual(['0', '1'])
  // Another process takes the room over: it cannot know what the first one announced.
  expect((await second.open('apart')).head).toBeGreaterThanOrEqual(archiveLimits.reservedAhead)
  await Promise.all([first.close(1_000), second.close(1_000)])
})

test('[ARC-14] after the machine went down the spool is not trusted: numbers jump', async () => {
  const spoolDir = await closedFolder()
  await killWhileAppending(spoolDir, 'rebooted', 3)
  // As a restart of the machine would leave it: what was spooled may not have reached the disk.
  const path = join(spoolDir, '0', 'writer')
  const [writer] = (await readFile(path, 'utf8')).split(' ')
  await writeFile(path, `${writer} another-boot`)
  const next = start(spoolDir)
  expect((await next.open('rebooted')).head).toBeGreaterThanOrEqual(archiveLimits.reservedAhead)
  expect(await stored('rebooted')).toEqual([1, 2, 3])
  expect(await readFile(path, 'utf8')).not.toContain(writer)
  await next.close(1_000)
})

const long = 'x'.repeat(1_000)
const longLines = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    type: 'chat.posted',
    entry: { seq: first + index, at: 1, text: long },
  }))
const files = async (spoolDir: string) =>
  (await readdir(join(spoolDir, '0'))).filter((name) => name.endsWith('.spool'))

/** Runs `work` while nothing can be stored. */
const whileStoringHangs = (work: () => Promise<void>) =>
  database.transaction(async (sql) => {
    await sql`lock table log_entries in access exclusive mode`
    await work()
  })

test('[ARC-14] a full disk stops the spool, not the room, and the spool is not trusted', async () => {
  const spoolDir = await closedFolder()
  const archive = start(spoolDir)
  const { epoch } = await archive.open('full')
  // The second file lands on a disk without space.
  await symlink('/dev/full', join(spoolDir, '0', '00000002.spool'))
  await whileStoringHangs(async () => {
    expect(archive.append('full', epoch, longLines(1, 5_000))).toBe(true)
    expect(archive.append('full', epoch, [line(5_001)])).toBe(true)
    expect(lines.map((one) => one.text)).toContain(
      'the spool cannot be written; a kill may now cost entries',
    )
    await vi.waitFor(async () => {
      expect(await readdir(join(spoolDir, '0'))).not.toContain('writer')
    })
  })
  await archive.flush()
  expect(await stored('full')).toEqual(upTo(5_001))
  await archive.close(1_000)
})

test('[ARC-14] a folder that cannot be written leaves the archive to work without a spool', async () => {
  const spoolDir = join(await closedFolder(), 'file')
  await writeFile(spoolDir, 'not a folder')
  const archive = start(spoolDir)
  const { epoch } = await archive.open('no-spool')
  expect(archive.append('no-spool', epoch, [line(1)])).toBe(true)
  await archive.flush()
  expect(await stored('no-spool')).toEqual([1])
  expect(lines.map((one) => one.text)).toContain('there is no spool; a kill may cost entries')
  await archive.close(1_000)
})

test('[ARC-15] the spool holds only what is not stored, in files of bounded size', async () => {
  const spoolDir = await closedFolder()
  const archive = start(spoolDir)
  const { epoch } = await archive.open('bounded')
  await whileStoringHangs(async () => {
    for (let seq = 1; seq < 12_000; seq += 1_000) {
      archive.append('bounded', epoch, longLines(seq, 1_000))
    }
    expect((await files(spoolDir)).length).toBeGreaterThanOrEqual(3)
  })
  await archive.flush()
  await vi.waitFor(async () => {
    const left = await files(spoolDir)
    expect(left).toHaveLength(1)
    expect(await readFile(join(spoolDir, '0', left[0] as string), 'utf8')).toBe('')
  })
  await archive.close(1_000)
})
