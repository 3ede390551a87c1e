/** The kept log of a room whose writer was passed over and does not know it yet. */
import type { LogRecord } from '@odeon/rooms/ports'
import { Registry } from 'prom-client'
import { v7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { PostgresLogArchive } from './log-archive.ts'

const database = await testDatabase()

function process_(registry?: Registry): PostgresLogArchive {
  const archive = new PostgresLogArchive({ database, log: quietLog, now: Date.now, registry })
  onTestFinished(() => archive.close(1_000))
  return archive
}

const line = (seq: number, text: string, lateMs = 0): LogRecord => ({
  type: 'chat.posted',
  entry: { seq, at: 1_700_000_000_000 + seq + lateMs, id: `m${seq}`, from: { id: v7() }, text },
})

test('[ARC-18] whoever lost the room changes nothing that its successor said, and is told so', async () => {
  const registry = new Registry()
  const [old, young] = [process_(registry), process_()]
  const before = await old.open('room-lost')
  old.append('room-lost', before.epoch, [line(1, 'of both')])
  await old.flush()
  // What the old one said next was seen by its viewers and is stored nowhere yet.
  const { epoch, head } = await young.open('room-lost', undefined, async () => 1)
  expect(head).toBe(1)
  young.append('room-lost', epoch, [line(2, 'of the successor')])
  young.amend('room-lost', epoch, [line(1, 'amended by the successor')])
  await young.flush()
  old.append('room-lost', before.epoch, [line(2, 'of the past', 7)])
  old.amend('room-lost', before.epoch, [line(2, 'amended in the past')])
  await old.flush()
  expect(old.stats()).toMatchObject({ conflicts: 1 })
  expect(young.stats()).toMatchObject({ conflicts: 0 })
  expect(await registry.metrics()).toContain('odeon_archive_conflicts_total 1')
  const texts = (await young.tail('room-lost', 2)).map(({ entry }) => entry['text'])
  expect(texts).toEqual(['amended by the successor', 'of the successor'])
})
