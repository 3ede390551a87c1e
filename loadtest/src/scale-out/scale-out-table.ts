/** Two processes beside two of Socket.IO's as a table, and which bars of P7 they miss. */
import { markdown } from '../fanout/fanout-table.ts'
import { rates, type ScaleOutRow } from './run-scale-out.ts'
import type { SideName } from './side.ts'

/** Times Socket.IO's deliveries per CPU-second, by messages offered a second. */
export const scaleOutBars: Record<number, number> = { 20: 6, 200: 40 }

const titles: Record<SideName, string> = { odeon: 'Odeon', 'socketio-redis': 'Socket.IO' }

function pairs(rows: ScaleOutRow[]) {
  const of = (side: SideName, rate: number) =>
    rows.find((row) => row.side === side && row.perSecond === rate) as ScaleOutRow
  return rates.map((rate) => {
    const [own, other] = [of('odeon', rate), of('socketio-redis', rate)]
    const ratio = own.deliveriesPerCpuS / other.deliveriesPerCpuS
    return { rate, own, other, ratio, bar: scaleOutBars[rate] as number }
  })
}

export function scaleOutTable(rows: ScaleOutRow[]): string {
  const head = [
    'offered a second',
    'server',
    'reached every viewer, a second',
    'deliveries per CPU-second',
    '÷ Socket.IO',
    'Redis, of a core',
    'p99 since it was due',
  ]
  const body = pairs(rows).flatMap(({ rate, own, other, ratio, bar }) =>
    [own, other].map((row) => [
      String(rate),
      titles[row.side],
      row.reachedPerSecond.toFixed(1),
      thousands(row.deliveriesPerCpuS),
      row === own ? `${ratio.toFixed(1)}× ${ratio < bar ? '< **bar**' : '≥'} ${bar}` : '1',
      `${(row.redisShare * 100).toFixed(1)} %`,
      `${row.p99Ms.toFixed(0)} ms`,
    ]),
  )
  return markdown([head, ...body])
}

const thousands = (perS: number): string =>
  perS >= 1e6 ? `${(perS / 1e6).toFixed(2)} M` : `${Math.round(perS / 1e3)} k`

export function scaleOutMisses(rows: ScaleOutRow[]): string[] {
  return pairs(rows).flatMap(({ rate, ratio, bar }) =>
    ratio < bar ? [`${ratio.toFixed(1)}× at ${rate} a second, not ${bar}×`] : [],
  )
}
