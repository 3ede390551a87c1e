/** The table of the ledger's benchmark, and which of its bars were missed. */
import type { LedgerRun, Pace } from './run-ledger.ts'

const timesMin = 10
const giftsPerSMin = 3_000
const halfP99MsMax = 100

const whole = (figure: number) => Math.round(figure).toLocaleString('en')

export function ledgerTable({ each, together, half }: LedgerRun): string {
  const row = (name: string, { giftsPerS, p50Ms, p99Ms }: Pace) =>
    `| ${[name, whole(giftsPerS), p50Ms.toFixed(1), p99Ms.toFixed(1)].join(' | ')} |`
  return [
    '| | gifts/s | p50 ms | p99 ms |',
    '|---|---:|---:|---:|',
    row('one transaction for each gift', each),
    row('written together, as rooms ask', together),
    row('the same, at half of that', half),
    `| **times as many** | **${(together.giftsPerS / each.giftsPerS).toFixed(1)}** | | |`,
  ].join('\n')
}

export function ledgerMisses({ each, together, half, isDurable, faults }: LedgerRun): string[] {
  const times = together.giftsPerS / each.giftsPerS
  const bars: [boolean, string][] = [
    [isDurable, 'commits were not on disk'],
    [faults.length === 0, `the ledger differs: ${faults[0]}`],
    [times >= timesMin, `${times.toFixed(1)} times as many gifts instead of ${timesMin}`],
    [together.giftsPerS >= giftsPerSMin, `${Math.round(together.giftsPerS)} gifts/s`],
    [half.p99Ms < halfP99MsMax, `p99 of ${half.p99Ms.toFixed(0)} ms at half the load`],
  ]
  return bars.flatMap(([isMet, miss]) => (isMet ? [] : [miss]))
}
