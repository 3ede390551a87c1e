import { expect, test } from 'vitest'
import type { HostName } from '../hosts/host.ts'
import type { Sample } from './measure.ts'
import { median, summarise } from './summarise.ts'

const shape = { viewers: [1_000], perTick: [10], hosts: ['odeon', 'stock', 'bun'] as HostName[] }

function sample(host: HostName, rate: number, isDiscarded = false): Sample {
  return {
    host,
    viewers: 1_000,
    perTick: 10,
    deliveriesPerCpuS: rate,
    deliveriesPerS: rate,
    bytesPerS: 0,
    ticksPerS: 0,
    serverShare: isDiscarded ? 0.8 : 1,
    swarmShare: 0.5,
    isDiscarded,
  }
}

test('[LOD-04] ratios are of medians, each beside its bar', () => {
  const { rows, isMet } = summarise(
    [
      ...[9, 13, 30].map((rate) => sample('odeon', rate)),
      ...[1, 1.1, 0.9].map((rate) => sample('stock', rate)),
      sample('bun', 10),
    ],
    shape,
  )
  expect(isMet).toBe(true)
  expect(rows[0]?.ratios).toEqual([
    { host: 'stock', ratio: 13, bar: 12, isMet: true },
    { host: 'bun', ratio: 1.3, bar: 0.75, isMet: true },
  ])
})

test('[LOD-04] a ratio below its bar is a miss', () => {
  const { isMet } = summarise([sample('odeon', 9), sample('stock', 1)], shape)
  expect(isMet).toBe(false)
})

test('[LOD-05] samples of a server that did not get its core do not count', () => {
  const { rows } = summarise(
    [sample('odeon', 10), sample('odeon', 99, true), sample('stock', 1)],
    shape,
  )
  expect(rows[0]?.cells.odeon).toEqual({ median: 10, least: 10, most: 10, kept: 1, discarded: 1 })
})

test('[LOD-05] a cell without samples that count is no result, whatever its ratio', () => {
  const result = summarise([sample('odeon', 90, true), sample('stock', 1)], {
    ...shape,
    hosts: ['odeon', 'stock'],
  })
  expect(result).toMatchObject({ isMet: false, isSound: false })
})

test('[LOD-05] the median of an even number lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})
