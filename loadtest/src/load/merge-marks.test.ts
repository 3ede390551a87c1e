import { expect, test } from 'vitest'
import type { Latency, Mark } from '../swarm/mark.ts'
import { split } from './crowd.ts'
import { headroomOf, mergeMarks } from './merge-marks.ts'
import { seeded } from './seeded.ts'
import { SharedLog } from './shared-log.ts'

const latency = (buckets: [number, number][]): Latency =>
  ({ count: 1, buckets }) as unknown as Latency

const mark = (facts: Partial<Mark>): Mark =>
  ({
    open: 1,
    askedAgain: 0,
    ends: {},
    heads: { least: 5, most: 5, reading: 0 },
    log: { entries: 2 },
    joins: null,
    returns: null,
    latency: null,
    ns: 0,
    busyUs: 0,
    ownCpuUs: 0,
    coreWaitUs: 0,
    turnMaxUs: 0,
    ...facts,
  }) as Mark

test('[LOD-11] percentiles of several generators come from their buckets, not from an average', () => {
  const fast = mark({ latency: latency([[1_000_000, 990]]) })
  const slow = mark({ latency: latency([[100_000_000, 10]]) })
  const { p50Ms, p99Ms, maxMs, count } = mergeMarks([fast, slow]).latency.percentiles
  expect(count).toBe(1_000)
  expect([p50Ms, p99Ms].map(Math.round)).toEqual([1, 1])
  expect(Math.round(maxMs)).toBe(100)
})

test('[LOD-11] counts add up and heads span all generators that have viewers', () => {
  const merged = mergeMarks([
    mark({ open: 3, askedAgain: 2, ends: { cut: 2 }, heads: { least: 4, most: 6, reading: 1 } }),
    mark({
      open: 2,
      askedAgain: 1,
      ends: { cut: 1, left: 1 },
      heads: { least: 6, most: 7, reading: 0 },
    }),
    mark({ open: 0, heads: { least: 0, most: 0, reading: 0 } }),
  ])
  expect(merged).toMatchObject({
    open: 5,
    askedAgain: 3,
    ends: { cut: 3, left: 1 },
    heads: { least: 4, most: 7, reading: 1 },
    log: { entries: 6 },
  })
})

test('[LOD-11] a block that another generator got otherwise is named, entries and patches', () => {
  const said: string[] = []
  const log = new SharedLog((what) => said.push(what))
  log.compare(0, [
    [3, 'aa', '11'],
    [4, 'bb', '22'],
    [5, 'cc', '0000000000000000'],
  ])
  log.compare(1, [
    [3, 'aa', '11'],
    [4, 'bb', '33'],
    [5, 'cc', '44'],
    [6, 'dd', '55'],
  ])
  log.compare(1, [[6, 'dd', '55']])
  expect(said).toEqual(['generators 0 and 1 got other patches in block 4'])
  expect([log.compared, log.differences]).toEqual([3, 1])
})

test('[LOD-12] a generator that is always busy, or stands still for long, is called full', () => {
  const before = mark({})
  const second = { ns: 1e9, ownCpuUs: 400_000 }
  const at = (facts: Partial<Mark>) => headroomOf(mark({ ...second, ...facts }), before)
  expect(at({ busyUs: 500_000 })).toMatchObject({ busyShare: 0.5, isSaturated: false })
  expect(at({ busyUs: 950_000 }).isSaturated).toBe(true)
  expect(at({ busyUs: 100_000, turnMaxUs: 700_000 }).isSaturated).toBe(true)
  expect(at({ coreWaitUs: 250_000 }).waitShare).toBe(0.25)
})

test('[LOD-13] the same seed makes the same choices, and parts add up', () => {
  const [one, two, other] = [seeded(7), seeded(7), seeded(8)]
  const ten = (random: () => number) => Array.from({ length: 10 }, random)
  const first = ten(one)
  expect(ten(two)).toEqual(first)
  expect(ten(other)).not.toEqual(first)
  expect(first.every((value) => value >= 0 && value < 1)).toBe(true)
  expect(split(10, 3)).toEqual([4, 3, 3])
})
