/** The kept log on a real PostgreSQL: order, epochs, bounds, and a database that goes away. */
import type { LogRecord } from '@odeon/rooms/ports'
import { v7 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '../platform/database.ts'
import { privatePostgres } from '../platform/testing/private-postgres.ts'
import { recordingLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { archiveLimits } from './limits.ts'
import { PostgresLogArchive } from './log-archive.ts'
import { archiveSchema } from './schema.ts'

const shared = await testDatabase()
const { log, lines } = recordingLog()
const opened: PostgresLogArchive[] = []

/** A process of its own as far as the archive can tell. */
function process_(database: Database = shared): PostgresLogArchive {
  const archive = new PostgresLogArchive({ database, log, now: Date.now })
  opened.push(archive)
  return archive
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((archive) => archive.close(1_000)))
  lines.length = 0
})

const sender = v7()
const line = (seq: number, text = `line ${seq}`): LogRecord => ({
  type: 'chat.posted',
  entry: { seq, at: 1_700_000_000_000 + seq, id: `m${seq}`, from: { id: sender }, text },
})
const linesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => line(first + index))
const seqs = (records: LogRecord[]) => records.map((record) => record.entry.seq)
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('[ARC-01] what was appended comes back as it was, in order, newest pages first', async () => {
  const archive = process_()
  const { epoch, head } = await archive.open('room-1')
  expect({ epoch, head }).toEqual({ epoch: 1, head: 0 })
  for (const record of linesFrom(1, 250)) archive.append('room-1', epoch, [record])
  await archive.flush()
  expect(await archive.tail('room-1', 3)).toEqual(linesFrom(248, 3))
  const last = await archive.page('room-1', { limit: 100 })
  expect(seqs(last.records)).toEqual(range(151, 250))
  expect(last.more).toBe(true)
  const first = await archive.page('room-1', { before: 51, limit: 100 })
  expect(seqs(first.records)).toEqual(range(1, 50))
  expect(first.more).toBe(false)
})

test('[ARC-16] an amendment replaces what is stored or waits under its number', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-amended')
  archive.append('room-amended', epoch, linesFrom(1, 3))
  archive.amend('room-amended', epoch, [line(2, 'in the same batch')])
  await archive.flush()
  archive.amend('room-amended', epoch, [line(3, 'stored before'), line(3, 'and again')])
  await archive.flush()
  const texts = (await archive.tail('room-amended', 3)).map(({ entry }) => entry['text'])
  expect(texts).toEqual(['line 1', 'in the same batch', 'and again'])
  expect(archive.amend('room-amended', epoch + 1, [line(1, 'of another')])).toBe(false)
  expect((await process_().open('room-amended')).head).toBeGreaterThanOrEqual(3)
})

test('[ARC-02] a page shows what was appended a moment before', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-2')
  archive.append('room-2', epoch, linesFrom(1, 3))
  expect(seqs((await archive.page('room-2', { limit: 10 })).records)).toEqual([1, 2, 3])
})

test('[ARC-03] a clean close and a reopening go on without a jump, in a new epoch', async () => {
  const first = process_()
  const one = await first.open('room-3')
  first.append('room-3', one.epoch, linesFrom(1, 5))
  // The same process again, as when a room was empty for a while.
  const two = await first.open('room-3')
  expect(two).toEqual({ epoch: 2, head: 5 })
  first.append('room-3', two.epoch, linesFrom(6, 5))
  await first.close(5_000)
  expect(await process_().open('room-3')).toEqual({ epoch: 3, head: 10 })
})

test('[ARC-04] after a crash no number is given out twice, not even one never stored', async () => {
  const killed = process_()
  const { epoch } = await killed.open('room-4')
  killed.append('room-4', epoch, linesFrom(1, 10))
  await killed.flush()
  killed.append('room-4', epoch, linesFrom(11, 5))
  // Announced to viewers, still queued, and the process is gone.
  const next = await process_().open('room-4')
  expect(next.epoch).toBe(2)
  expect(next.head).toBeGreaterThanOrEqual(15)
})

test('[ARC-04] numbers are reserved ahead of what is appended, however much that is', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-4b')
  let seq = 0
  for (let round = 0; round < 6; round += 1) {
    expect(archive.append('room-4b', epoch, linesFrom(seq + 1, 10_000))).toBe(true)
    seq += 10_000
    await archive.flush()
  }
  expect(archive.append('room-4b', epoch, linesFrom(seq + 1, 20_000))).toBe(true)
  const [row] = await shared.sql<{ reserved_to: string }>`
    select reserved_to from room_epochs where room_id = 'room-4b'`
  expect(Number(row?.reserved_to)).toBeGreaterThanOrEqual(seq + 20_000)
})

test('[ARC-05] a process that lost its room keeps what it announced, and may not go on', async () => {
  const old = process_()
  const lost = vi.fn<() => void>()
  const { epoch } = await old.open('room-5', lost)
  old.append('room-5', epoch, linesFrom(1, 2))
  const { epoch: newer, head } = await process_().open('room-5')
  expect(newer).toBe(2)
  await old.flush()
  expect(seqs((await old.page('room-5', { limit: 10 })).records)).toEqual([1, 2])
  // It found out with the first batch it stored since, and told the room, once.
  expect(old.append('room-5', epoch, linesFrom(3, 1))).toBe(false)
  await old.flush()
  expect(lost).toHaveBeenCalledOnce()
  const { reservedAhead } = archiveLimits
  expect(lines.map((one) => one.text)).toContain('another process writes this room now')
  expect(head).toBeGreaterThanOrEqual(reservedAhead)
})

test('[ARC-17] a room that ended is forgotten; it goes on without a jump, here or elsewhere', async () => {
  const archive = process_()
  const rooms = range(1, 50).map((n) => `room-17-${n}`)
  for (const room of rooms) {
    const { epoch } = await archive.open(room)
    archive.append(room, epoch, linesFrom(1, 3))
    await archive.closeRoom(room, epoch)
    expect(archive.append(room, epoch, linesFrom(4, 1))).toBe(false)
  }
  expect(archive.stats()).toMatchObject({ rooms: 0, stored: 150 })
  expect(await archive.open(rooms[0]!)).toEqual({ epoch: 2, head: 3 })
  expect(await process_().open(rooms[1]!)).toEqual({ epoch: 2, head: 3 })
})

test('[ARC-17] a room opened again while it ends stays', async () => {
  const archive = process_()
  const first = await archive.open('room-17')
  archive.append('room-17', first.epoch, linesFrom(1, 2))
  const [, second] = await Promise.all([
    archive.closeRoom('room-17', first.epoch),
    archive.open('room-17'),
  ])
  await archive.closeRoom('room-17', first.epoch)
  expect(second.epoch).toBe(2)
  expect(archive.append('room-17', second.epoch, linesFrom(second.head + 1, 1))).toBe(true)
  await archive.flush()
  expect(archive.stats().rooms).toBe(1)
})

test('[ARC-06] entries of an epoch that was not opened here are refused', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-6')
  expect(archive.append('room-6', epoch + 1, linesFrom(1, 1))).toBe(false)
  expect(archive.append('room-never', 1, linesFrom(1, 1))).toBe(false)
})

test('[ARC-07] an entry that PostgreSQL cannot hold is mended, or given up alone', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-7')
  archive.append('room-7', epoch, linesFrom(1, 40))
  archive.append('room-7', epoch, [line(41, 'a\0b\ud800c')])
  archive.append('room-7', epoch, [{ ...line(42), type: 'not\0storable' }])
  archive.append('room-7', epoch, linesFrom(43, 40))
  await archive.flush()
  const { records } = await archive.page('room-7', { limit: 100 })
  expect(seqs(records)).toEqual([...range(1, 41), ...range(43, 82)])
  expect(records[40]?.entry.text).toBe('a\ufffdb\ufffdc')
  expect(archive.stats()).toMatchObject({ queued: 0, givenUp: 1, failingSince: 0 })
  expect(lines.map((one) => one.text)).toContain('a log entry cannot be stored')
})

test('[ARC-08] the sender of an entry is kept beside it', async () => {
  const archive = process_()
  const { epoch } = await archive.open('room-8')
  archive.append('room-8', epoch, [
    line(1),
    { type: 'stream.started', entry: { seq: 2, at: 2, by: { id: 'nobody' } } },
  ])
  await archive.flush()
  expect(
    await shared.sql`
      select seq, type, sender_id, extract(epoch from at)::float8 * 1000 as at
      from log_entries where room_id = 'room-8' order by seq`,
  ).toEqual([
    { seq: '1', type: 'chat.posted', sender_id: sender, at: 1_700_000_000_001 },
    { seq: '2', type: 'stream.started', sender_id: null, at: 2 },
  ])
})

async function ownDatabase() {
  const postgres = await privatePostgres()
  const database = await openDatabase({ url: postgres.url, log, schema: archiveSchema })
  return { postgres, database }
}

test('[ARC-09] PostgreSQL crashes twice under appends: none lost, none out of order', async () => {
  const { postgres, database } = await ownDatabase()
  const archive = process_(database)
  const rooms = ['a', 'b', 'c']
  const epochs = await Promise.all(rooms.map((room) => archive.open(room)))
  let seq = 0
  const appendRound = () => {
    seq += 1
    rooms.forEach((room, index) => {
      expect(archive.append(room, epochs[index]?.epoch as number, [line(seq)])).toBe(true)
    })
  }
  for (let crash = 0; crash < 2; crash += 1) {
    for (let round = 0; round < 400; round += 1) appendRound()
    await vi.waitFor(() => expect(archive.stats().stored).toBeGreaterThan(crash * 2_000))
    await postgres.crash()
    // Appending goes on all the while, until the failure has been felt.
    await vi.waitFor(() => {
      for (let round = 0; round < 20; round += 1) appendRound()
      expect(archive.stats().failingSince).toBeGreaterThan(0)
    }, 10_000)
    await archive.flush()
  }
  for (const room of rooms) {
    const rows = await database.sql<{ seq: string }>`
      select seq from log_entries where room_id = ${room} order by seq`
    expect(rows.map((row) => Number(row.seq))).toEqual(range(1, seq))
  }
  expect(archive.stats()).toMatchObject({ queued: 0, failingSince: 0, givenUp: 0 })
  await archive.close(5_000)
  await database.close()
})

test('[ARC-10] appending never waits; a full queue takes all or nothing', async () => {
  const { postgres, database } = await ownDatabase()
  const archive = process_(database)
  const { epoch } = await archive.open('room')
  await postgres.freeze()
  const { queueMax } = archiveLimits
  let seq = 0
  // No turn of the event loop passes here: whatever append does, it does not wait.
  while (seq < queueMax - 50) {
    expect(archive.append('room', epoch, linesFrom(seq + 1, 50))).toBe(true)
    seq += 50
  }
  expect(archive.append('room', epoch, linesFrom(seq + 1, 51))).toBe(false)
  expect(archive.stats().queued).toBe(queueMax - 50)
  expect(archive.append('room', epoch, linesFrom(seq + 1, 50))).toBe(true)
  expect(archive.append('room', epoch, linesFrom(queueMax + 1, 1))).toBe(false)
  await expect(archive.probe()).rejects.toThrow('the queue is full')
  await postgres.thaw()
  await archive.flush()
  await archive.probe()
  const [row] =
    await database.sql`select count(*)::int as n, max(seq)::int as last from log_entries`
  expect(row).toEqual({ n: queueMax, last: queueMax })
  expect(archive.append('room', epoch, linesFrom(queueMax + 1, 1))).toBe(true)
  await archive.close(5_000)
  await database.close()
})

test('[ARC-11] closing stores what is queued, or ends in time and says so', async () => {
  const { postgres, database } = await ownDatabase()
  const first = process_(database)
  const { epoch } = await first.open('room')
  first.append('room', epoch, linesFrom(1, 1_200))
  await first.close(10_000)
  const second = process_(database)
  const next = await second.open('room')
  expect(next).toEqual({ epoch: 2, head: 1_200 })
  await postgres.freeze()
  second.append('room', next.epoch, linesFrom(1_201, 3))
  const flushed = second.flush()
  await second.close(100)
  await expect(flushed).rejects.toThrow('before everything was stored')
  expect(lines).toContainEqual(expect.objectContaining({ facts: { lost: 3 } }))
  expect(second.append('room', next.epoch, linesFrom(1_204, 1))).toBe(false)
  await postgres.thaw()
  await database.close()
})
