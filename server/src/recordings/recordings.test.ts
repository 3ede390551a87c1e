/** How long recordings are kept, and what becomes of them then. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StreamFacts } from '@odeon/rooms/ports'
import { afterAll, expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { recordings } from './recordings.ts'
import { segmentShelf } from './segment-shelf.ts'
import { folderStore } from './store/folder-store.ts'

const folder = await mkdtemp(join(tmpdir(), 'odeon-recordings-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const database = await testDatabase()
const store = folderStore(folder)
const shelf = segmentShelf({ database, store })
const now = 1_800_000_000_000
const ended = { phase: 'ended', startedAt: now, endedAt: now } as StreamFacts
const streams = { shown: async (id: string) => ({ ...ended, id }) }
const kept = (keptDays: number) =>
  recordings({ database, store, streams, keptDays, log: quietLog, now: () => now })

const facts = {
  epoch: 1,
  n: 0,
  startedAt: now,
  endedAt: now,
  headFrom: 0,
  head: 0,
  frames: 1,
  entries: 0,
  pulse: [],
  quoted: [],
  isAfterHole: false,
}

test('[REC-08] a segment that grows leaves no older form of itself behind', async () => {
  await shelf.put('live_growing', { facts, text: 'one\n', isClosed: false })
  const bytes = await shelf.put('live_growing', { facts, text: 'one\ntwo\n', isClosed: true })
  expect(await readdir(join(folder, 'live_growing'))).toHaveLength(1)
  expect(await shelf.bytesOf('live_growing')).toBe(bytes)
})

test('[RPL-08] a store that does not answer has lost nothing that anybody knows of', async () => {
  await shelf.put('live_quiet', { facts, text: 'one\n', isClosed: true })
  const list = () => Promise.reject(new Error('the store is away'))
  const deps = { database, streams, keptDays: 60, log: quietLog, now: () => now }
  const away = recordings({ ...deps, store: { ...store, list } })
  expect(await away.view('quiet')).toMatchObject({ status: 'ready', lost: [] })
  await store.remove(`live_quiet/${(await away.view('quiet'))?.segments[0]?.name}.gz`)
  expect(await kept(60).view('quiet')).toMatchObject({ status: 'lost', segments: [] })
})

test('[REC-08] what is too old or whose stream is gone goes, bytes and rows, and comes not again', async () => {
  await shelf.put('live_orphan', { facts, text: 'one\n', isClosed: true })
  expect(await kept(0).removeOld()).toBeGreaterThan(0)
  expect(await readdir(folder)).not.toContain('live_orphan')
  expect(await shelf.bytesOf('live_orphan')).toBe(0)
  expect(await shelf.put('live_orphan', { facts, text: 'two\n', isClosed: true })).toBeNull()
  expect(await kept(60).removeOld()).toBe(0)
})

test('[REC-08] a store that fails keeps no bytes for ever: the next round takes them away', async () => {
  for (const room of ['live_first', 'live_second']) {
    await shelf.put(room, { facts, text: 'one\n', isClosed: true })
  }
  let isAway = true
  const failing = {
    ...store,
    list: async (room: string) => {
      if (isAway) throw new Error('the store is away')
      return await store.list(room)
    },
  }
  const deps = { database, store: failing, streams, keptDays: 60, log: quietLog, now: () => now }
  expect(await recordings(deps).removeOld()).toBe(2)
  expect(await readdir(folder)).toContain('live_second')
  isAway = false
  expect(await recordings(deps).removeOld()).toBe(0)
  expect(await readdir(folder)).not.toContain('live_first')
  expect(await readdir(folder)).not.toContain('live_second')
})

test('[REC-08] nothing is added to a recording that is taken away while a segment is stored', async () => {
  const meanwhile = async (key: string, bytes: Uint8Array) => {
    await store.put(key, bytes)
    expect(await kept(60).remove('hasty')).toBe(true)
    // What was on its way when it was looked through.
    await store.put(key, bytes)
  }
  const slow = segmentShelf({ database, store: { ...store, put: meanwhile } })
  expect(await slow.put('live_hasty', { facts, text: 'one\n', isClosed: true })).toBeNull()
  expect(await readdir(folder)).not.toContain('live_hasty')
  expect(await shelf.bytesOf('live_hasty')).toBe(0)
})
