/** Joins as a table, and which bars of P9 they miss. */
import { markdown } from '../fanout/fanout-table.ts'
import { hostKinds } from '../hosts/host.ts'
import { type JoinsRun, pendingFew, pendingMany } from './run-joins.ts'

/** `cpuShareMost` is of stock Colyseus in the same run: 0.3 ms where that takes 0.67. */
export const joinBars = {
  cpuMsMost: 0.3,
  cpuShareMost: 0.45,
  p99MsMost: 3_000,
  growthMost: 1.2,
} as const

const growth = ({ fewPendingMs, manyPendingMs }: JoinsRun): number => manyPendingMs / fewPendingMs

export function joinsTable(runs: JoinsRun[]): string {
  const few = pendingFew.toLocaleString('en')
  const many = pendingMany.toLocaleString('en')
  const head = [
    'server',
    'CPU a join',
    'until the state is there, p50 / p99',
    'failed',
    `CPU a seat, ${few} pending`,
    `${many} pending`,
    'growth',
  ]
  const lines = runs.map((run) => [
    hostKinds[run.name].title,
    `${run.cpuMsPerJoin.toFixed(2)} ms`,
    `${run.p50Ms.toFixed(0)} / ${run.p99Ms.toFixed(0)} ms`,
    String(run.failed),
    `${run.fewPendingMs.toFixed(3)} ms`,
    `${run.manyPendingMs.toFixed(3)} ms`,
    `${growth(run).toFixed(2)}×`,
  ])
  return markdown([head, ...lines])
}

export function joinsMisses(runs: JoinsRun[]): string[] {
  const own = runs.find(({ name }) => name === 'odeon')
  if (own === undefined) return ['Odeon was not measured']
  const { cpuMsMost, cpuShareMost } = joinBars
  const stock = runs.find(({ name }) => name !== 'odeon')
  // A slower machine is slower for both.
  const share = stock === undefined ? Infinity : own.cpuMsPerJoin / stock.cpuMsPerJoin
  const isDear = own.cpuMsPerJoin > cpuMsMost && share > cpuShareMost
  const misses: [boolean, string][] = [
    [isDear, `a join takes more than ${cpuMsMost} ms and ${cpuShareMost} of what stock takes`],
    [own.p99Ms > joinBars.p99MsMost, `p99 is over ${joinBars.p99MsMost} ms`],
    [own.failed > 0, `${own.failed} joins failed`],
    [growth(own) > joinBars.growthMost, `seats grow more than ${joinBars.growthMost}× dearer`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
