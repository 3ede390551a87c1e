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
  unknown: 0,
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
    'p99 meanwhile ×2.00 > 1.5',
  ])
})
