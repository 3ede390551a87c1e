import { expect, test } from 'vitest'
import { type FaultRun, faultMisses, faultTable, relayMisses } from './verdict.ts'

const good: FaultRun = {
  title: 'kill -9 of a relay',
  seed: 16,
  isWriterLost: false,
  seatMsMost: 10_000,
  viewers: 17_450,
  lost: 15_000,
  backMs: 7_000,
  writtenMs: 100,
  beforeMs: 200,
  meanwhileMs: 290,
  normalMs: 0,
  seatAfterMs: 900,
  writers: 1,
  entries: 20_000_000,
  rewritten: 0,
  accepted: 1_500,
  busy: 0,
  unknown: 0,
  rest: undefined,
  faults: [],
  isGeneratorBound: false,
}

test('[LOD-21] a fault that cost nothing misses no bar', () => {
  expect(faultMisses(good)).toEqual([])
  expect(relayMisses(good, 15_000)).toEqual([])
  expect(faultTable([good])).toContain('| 15,000 ')
})

test('[LOD-21] what was lost, came late or is there twice is named with its seed', () => {
  const bad = { ...good, backMs: undefined, writers: 2, faults: ['a gap'], seatAfterMs: 12_000 }
  expect(faultMisses(bad)).toEqual([
    'kill -9 of a relay (seed 16): a gap',
    'kill -9 of a relay (seed 16): all back – > 10 s',
    'kill -9 of a relay (seed 16): new seat 12.0 s > 10 s',
    'kill -9 of a relay (seed 16): 2 writers',
  ])
})

test('[LOD-21] a successor is late only where a writer was lost', () => {
  expect(faultMisses({ ...good, writtenMs: 4_000 })).toEqual([])
  expect(faultMisses({ ...good, writtenMs: 4_000, isWriterLost: true })).toHaveLength(1)
})

test('[LOD-21] a relay that held too few shows nothing, and others that were disturbed count', () => {
  expect(relayMisses({ ...good, lost: 9_000, meanwhileMs: 400 }, 15_000)).toEqual([
    'it held 9,000 viewers, not 15,000',
    'p99 until all were back ×2.00 > 1.5',
  ])
})

test('[LOD-21] without Redis chat rests: who talks or asks for a seat hears busy', () => {
  const rested = { ...good, busy: 900, rest: { accepted: 0, asked: 'busy' } }
  expect(faultMisses(rested)).toEqual([])
  const bad = { ...good, title: 'no Redis', rest: { accepted: 2, asked: 'deadline' } }
  expect(faultMisses(bad)).toEqual([
    'no Redis (seed 16): 2 lines were accepted where nothing can be kept',
    'no Redis (seed 16): nobody who talked was told that it is busy',
    'no Redis (seed 16): who asked for a seat meanwhile got deadline, not busy',
  ])
})
