/** A follower begins where the state is known, and nowhere else. */
import { expect, test, vi } from 'vitest'
import type { Past } from '../journal/past.ts'
import { MemoryJournal } from '../journal/memory-journal.ts'
import { packRecord } from '../journal/record.ts'
import { messageFrame } from '../wire.ts'
import { Follower } from './follower.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const world = { now: () => 0, newId: () => 'id', random: () => 0.5 }

test('[REL-03] a relay greets nobody before it knows the whole state', async () => {
  const journal = new MemoryJournal()
  const record = (n: number, full?: Buffer) =>
    packRecord({
      epoch: 1,
      n,
      head: 0,
      entries: 0,
      patchBytes: 0,
      chunk: Buffer.alloc(0),
      full,
      hidden: undefined,
      at: 0,
    })
  const append = (n: number, full?: Buffer) =>
    journal.append('r', { epoch: 1, n }, record(n, full), { epoch: 0, n: 0 })
  const begin = vi.fn<(past: Past) => void>()
  const open = () =>
    new Follower({ journal, roomId: 'r', world, logger: quiet, next: () => {}, begin }).open()
  // As a writer goes on in a store that was lost.
  await append(7)
  await expect(open()).rejects.toThrow('the state of room r')
  await append(8, messageFrame('all of it', {}))
  await open()
  expect(begin).toHaveBeenCalledOnce()
})
