import { expect, it } from 'vitest'
import { MemoryArchive } from '../testing/memory-ports.ts'
import { ArchiveFeed } from './archive-feed.ts'

const line = (seq: number) => ({ type: 'line', entry: { seq, at: 0 } })

it('[ARC-01] what an earlier writer left to a full archive waits, before all that follows', () => {
  const archive = new MemoryArchive()
  archive.isFull = true
  const feed = new ArchiveFeed(archive, 'r', 2, [line(1)])
  expect(feed.length).toBe(1)
  archive.isFull = false
  feed.add([line(2)])
  feed.push()
  expect(feed.length).toBe(0)
  expect(archive.records.get('r')?.map(({ entry }) => entry.seq)).toEqual([1, 2])
})
