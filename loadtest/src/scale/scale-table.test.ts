import { expect, test } from 'vitest'
import type { ScaleRun } from './run-scale.ts'
import { faultsOf, riseMisses, risesOf, scaleTable, sizeMisses } from './scale-table.ts'

const good: ScaleRun = {
  viewers: 60_000,
  relays: 4,
  joinS: 60,
  entries: 120_000_000,
  faults: [],
  p50Ms: 200,
  p99Ms: 600,
  writerShare: 0.07,
  relayShares: [0.2, 0.2, 0.2, 0.25],
  redisShare: 0.02,
  generatorShare: 0.6,
  rssBytesPerViewer: 10_240,
  writerUsPerMessage: 280,
  redisCommandsPerS: 100,
  redisMessagesPerS: 200,
  redisBytesPerS: 400_000,
  machineShare: 0.8,
  isGeneratorBound: false,
  isSound: true,
}

test('[LOD-20] a run over relays that is whole, in time and cheap for its writer misses no bar', () => {
  expect(sizeMisses(good)).toEqual([])
  expect(scaleTable([good])).toContain('20.0 % to 25.0 %')
})

test('[LOD-20] a fault, a late line and a busy writer are each a miss by name', () => {
  const faults = ['all members hold the same log: 2 different']
  const bad = { ...good, faults, isSound: false, p99Ms: 1_400, writerShare: 0.2 }
  expect(sizeMisses(bad)).toEqual([
    `60,000 over 4: ${faults[0]}`,
    'p99 1400 ms > 1000 ms',
    'writer 20.0 % > 10.0 % of a core',
  ])
  expect(faultsOf([{ ...good, isGeneratorBound: true }])).toHaveLength(1)
})

test('[LOD-20] the writer may not work for relays, nor Redis for viewers', () => {
  const one = { ...good, relays: 1, redisMessagesPerS: 60 }
  const half = { ...good, viewers: 30_000 }
  expect(riseMisses(risesOf(one, good, half))).toEqual([])
  const dear = { ...good, writerUsPerMessage: 400, redisMessagesPerS: 390 }
  expect(riseMisses(risesOf(one, dear, half))).toEqual([
    'writer a message ×1.43 > 1.3',
    'Redis with viewers ×1.95 > 1.2',
  ])
})
