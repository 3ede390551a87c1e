/** The slow readers' runs as a table, and whether the bars are met. */
import { markdown } from '../fanout/fanout-table.ts'
import { hostKinds } from '../hosts/host.ts'
import type { SlowRun } from './run-slow.ts'

const queuedBytesBar = 256 * 1024
const p99Bar = 1.1

const kib = (bytes: number): string => `${Math.round(bytes / 1024).toLocaleString('en')} KiB`

export function slowTable(runs: SlowRun[]): string {
  const head = [
    'server',
    'slow viewers',
    'patches wrong',
    'SDK members diverged',
    'dropped; SDK members back',
    'queued for one, peak',
    'memory grown',
    "others' p50 / p99",
  ]
  return markdown([head, ...runs.map(line)])
}

function line(run: SlowRun): string[] {
  return [
    hostKinds[run.host].title,
    run.slowness === 'throttled' ? '10 KB/s' : run.slowness,
    `${run.patchesWrong} of ${run.patchesChecked}`,
    `${run.diverged} of ${run.members}`,
    `${run.dropped}, ${run.rejoined}`,
    kib(run.queuedPeakBytes),
    kib(run.memoryGrowthBytes),
    `${run.healthyP50Ms.toFixed(1)} / ${run.healthyP99Ms.toFixed(1)} ms`,
  ]
}

/** What is not as promised, in words; empty when all bars are met. */
export function slowMisses(runs: SlowRun[]): string[] {
  const own = runs.filter((run) => run.host === 'odeon')
  const calm = own.find((run) => run.slowness === 'none')
  const stalled = own.find((run) => run.slowness === 'stalled')
  const misses: string[] = []
  for (const run of own) {
    if (run.patchesWrong > 0) misses.push(`${run.patchesWrong} corrupt patches (${run.slowness})`)
    if (run.diverged > 0) misses.push(`${run.diverged} members diverged (${run.slowness})`)
    if (run.queuedPeakBytes > queuedBytesBar) misses.push(`${kib(run.queuedPeakBytes)} queued`)
  }
  if (calm !== undefined && stalled !== undefined) {
    const ratio = stalled.healthyP99Ms / calm.healthyP99Ms
    if (ratio > p99Bar) misses.push(`the others' p99 rose ${ratio.toFixed(2)}× (at most ${p99Bar})`)
  }
  const stock = runs.find((run) => run.host === 'stock' && run.slowness === 'stalled')
  if (stock?.patchesWrong === 0) misses.push('stock Colyseus no longer corrupts: retire the claim')
  return misses
}
