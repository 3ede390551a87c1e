/** Samples to medians, ratios and verdicts. */
import type { HostName } from '../hosts/host.ts'
import type { Sample } from './measure.ts'

export interface Cell {
  median: number
  least: number
  most: number
  kept: number
  discarded: number
}

export interface FanoutRow {
  viewers: number
  perTick: number
  cells: Partial<Record<HostName, Cell>>
  /** Odeon's median by the peer's, and whether that reaches the bar. */
  ratios: { host: HostName; ratio: number; bar: number | undefined; isMet: boolean }[]
  swarmShareMost: number
}

export interface FanoutResult {
  rows: FanoutRow[]
  /** Every bar is reached, by samples that count. */
  isMet: boolean
  /** Every cell has samples that count; the machine was idle enough. */
  isSound: boolean
}

/** Times the peer's deliveries per CPU-second, by messages a tick. */
const bars: Partial<Record<HostName, Record<number, number>>> = {
  stock: { 1: 1.3, 10: 12, 50: 40 },
  socketio: { 1: 1.8, 10: 13, 50: 45 },
  bun: { 1: 0.7, 10: 0.75, 50: 1.2 },
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2
}

export function summarise(
  samples: Sample[],
  { viewers, perTick, hosts }: { viewers: number[]; perTick: number[]; hosts: HostName[] },
): FanoutResult {
  const rows = viewers.flatMap((audience) =>
    perTick.map((count) => {
      const own = samples.filter((one) => one.viewers === audience && one.perTick === count)
      return rowOf(own, { viewers: audience, perTick: count, hosts })
    }),
  )
  const isSound = rows.every(({ cells }) => Object.values(cells).every(({ kept }) => kept > 0))
  const isMet = isSound && rows.every(({ ratios }) => ratios.every((ratio) => ratio.isMet))
  return { rows, isMet, isSound }
}

function rowOf(
  samples: Sample[],
  { viewers, perTick, hosts }: { viewers: number; perTick: number; hosts: HostName[] },
): FanoutRow {
  const cells: FanoutRow['cells'] = {}
  for (const host of hosts) cells[host] = cellOf(samples.filter((one) => one.host === host))
  const own = cells.odeon?.median
  const ratios: FanoutRow['ratios'] = []
  for (const host of hosts) {
    const other = cells[host]?.median
    if (host === 'odeon' || own === undefined || other === undefined) continue
    const bar = bars[host]?.[perTick]
    const ratio = own / other
    ratios.push({ host, ratio, bar, isMet: bar === undefined || ratio >= bar })
  }
  const swarmShareMost = Math.max(...samples.map((one) => one.swarmShare))
  return { viewers, perTick, cells, ratios, swarmShareMost }
}

/** Discarded samples count only when there are no others; the table then says so. */
function cellOf(samples: Sample[]): Cell {
  const kept = samples.filter((one) => !one.isDiscarded)
  const rates = (kept.length > 0 ? kept : samples).map((one) => one.deliveriesPerCpuS)
  return {
    median: median(rates),
    least: Math.min(...rates),
    most: Math.max(...rates),
    kept: kept.length,
    discarded: samples.length - kept.length,
  }
}
