/** A pen and a journal that comes and goes: seeded runs. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FlakyJournal } from '../../testing/flaky-journal.ts'
import { kitLimits } from '../protocol.ts'
import type { KeptSize } from './journal.ts'
import { unpackRecord, unpackSnapshot } from './record.ts'
import { RoomPen } from './room-pen.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const nothing = { full: undefined, hidden: undefined, patchBytes: 0, entries: 1 }

function openPen(journal: FlakyJournal, epoch = 1, kept: KeptSize[] = []) {
  const fencings: number[] = []
  let head = 0
  const pen = new RoomPen({
    journal,
    roomId: 'r',
    epoch,
    kept,
    now: () => Date.now(),
    logger: quiet,
    fenced: () => fencings.push(epoch),
    snapshot: () => ({
      head,
      epochFrom: 1,
      sameSince: epoch,
      full: Buffer.alloc(0),
      log: Buffer.alloc(0),
      entries: 0,
      memory: {},
      done: [],
      members: [],
      taken: {},
    }),
  })
  const write = (bytes = 8) => {
    head += 1
    return pen.write({ ...nothing, head, chunk: Buffer.alloc(bytes, head) })
  }
  return { pen, write, fencings }
}

const kept = async (journal: FlakyJournal) => (await journal.read('r')).records.map(unpackRecord)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[JRN-20] whenever the journal comes and goes, in the end it has every frame once, in order', async () => {
  const step = fc.constantFrom('write', 'write', 'write', 'deaf', 'mute', 'well', 'wait')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const journal = new FlakyJournal()
      await journal.claim('r', 1)
      const { pen, write } = openPen(journal)
      let written = 0
      for (const now of steps) {
        if (now === 'write') {
          written += 1
          expect((await write()) ?? true).toBe(true)
        } else if (now === 'wait') await vi.advanceTimersByTimeAsync(kitLimits.journalRetryMs)
        else journal.mood = now
      }
      journal.mood = 'well'
      await vi.advanceTimersByTimeAsync(kitLimits.journalRetryMs * 2)
      expect(pen.isAway).toBe(false)
      expect((await kept(journal)).map(({ n }) => n)).toEqual(
        Array.from({ length: written }, (_, at) => at + 1),
      )
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
  )
})

test('[JRN-21] frames wait for the journal while it is there, and for nothing while it is away', async () => {
  const journal = new FlakyJournal()
  await journal.claim('r', 1)
  const { pen, write } = openPen(journal)
  expect(write()).toBeInstanceOf(Promise)
  journal.mood = 'deaf'
  expect(await write()).toBe(true)
  expect(pen.isAway).toBe(true)
  expect(write()).toBeUndefined()
})

test('[JRN-22] a writer that lost the pen shows nothing more and says so once', async () => {
  const journal = new FlakyJournal()
  await journal.claim('r', 1)
  const { write, fencings } = openPen(journal)
  expect(await write()).toBe(true)
  await journal.claim('r', 2)
  expect(await write()).toBe(false)
  expect(await write()).toBe(false)
  expect(fencings).toEqual([1])
})

test('[JRN-23] what waits for a journal that stays away is bounded; a snapshot covers the hole', async () => {
  const journal = new FlakyJournal()
  await journal.claim('r', 1)
  const { write } = openPen(journal)
  journal.mood = 'deaf'
  const big = kitLimits.journalBytesMax / 8
  for (let n = 0; n < 20; n += 1) await write(big)
  journal.mood = 'well'
  await vi.advanceTimersByTimeAsync(kitLimits.journalRetryMs)
  await write()
  const records = await kept(journal)
  expect(records.at(-1)?.n).toBe(21)
  expect(records.length).toBeLessThan(12)
  await vi.advanceTimersByTimeAsync(0)
  const { snapshot } = await journal.read('r')
  expect(unpackSnapshot(snapshot as Buffer).n).toBe(21)
})

test('[JRN-24] the journal of a room is bounded, and a snapshot is taken often enough', async () => {
  const journal = new FlakyJournal()
  await journal.claim('r', 1)
  const { write } = openPen(journal)
  for (let n = 0; n < 40; n += 1) await write(kitLimits.journalBytesMax / 16)
  const { snapshot, records } = await journal.read('r')
  const bytes = records.reduce((sum, record) => sum + record.byteLength, 0)
  expect(bytes).toBeLessThanOrEqual(kitLimits.journalBytesMax + 1024)
  expect(unpackSnapshot(snapshot as Buffer).n).toBeGreaterThan(30)
})

test('[JRN-24] it is bounded over all its writers together, each of which may write little', async () => {
  const journal = new FlakyJournal()
  const size = kitLimits.journalBytesMax / 16
  for (let epoch = 1; epoch <= 12; epoch += 1) {
    const left = (await journal.claim('r', epoch)).records.map((record) => ({
      at: unpackRecord(record),
      bytes: record.byteLength,
    }))
    const { write } = openPen(journal, epoch, left)
    for (let n = 0; n < 4; n += 1) await write(size)
  }
  const records = await kept(journal)
  expect(records.length * size).toBeLessThanOrEqual(kitLimits.journalBytesMax)
  // The newest of all, those of earlier writers among them.
  expect(records.length).toBeGreaterThan(12)
  expect(records.map(({ epoch, n }) => epoch * 4 + n)).toEqual(
    records.map((_, at) => 12 * 4 + 4 - records.length + 1 + at),
  )
})
