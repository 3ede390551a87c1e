/** What a seat costs among few and many rooms as a table, and which bars of P10 it misses. */
import { markdown } from '../fanout/fanout-table.ts'
import { type DiscoveryRow, roomCounts, type Side, waitingCounts } from './run-discovery.ts'

export const discoveryBars = { timesStockLeast: 10, growthMost: 1.2 } as const

const [few, many] = roomCounts

interface Line {
  atOnce: number
  of(side: Side, rooms: number): DiscoveryRow
  /** Seats per CPU-second beside stock, among many rooms. */
  ratio: number
  /** What a seat costs among many rooms by what it costs among few. */
  growth(side: Side): number
}

function linesOf(rows: DiscoveryRow[]): Line[] {
  return waitingCounts.map((atOnce) => {
    const of = (side: Side, rooms: number) =>
      rows.find(
        (row) => row.side === side && row.rooms === rooms && row.atOnce === atOnce,
      ) as DiscoveryRow
    return {
      atOnce,
      of,
      ratio: of('stock', many).serverMs / of('odeon', many).serverMs,
      growth: (side: Side) => of(side, many).serverMs / of(side, few).serverMs,
    }
  })
}

export function discoveryTable(rows: DiscoveryRow[]): string {
  const { timesStockLeast } = discoveryBars
  const counts = roomCounts.map((count) => count.toLocaleString('en'))
  const titles = ['Odeon', 'Colyseus `joinOrCreate`']
  const head = [
    'wait at the same time',
    ...titles.flatMap((title) => counts.map((count) => `${title}, ${count} rooms`)),
    'growth',
    '÷ Colyseus',
    'Redis, Odeon / Colyseus',
  ]
  const body = linesOf(rows).map(({ atOnce, of, ratio, growth }) => [
    String(atOnce),
    ...(['odeon', 'stock'] as const).flatMap((side) =>
      roomCounts.map((count) => `${of(side, count).serverMs.toFixed(3)} ms`),
    ),
    `${growth('odeon').toFixed(2)}× / ${growth('stock').toFixed(1)}×`,
    `${ratio.toFixed(1)}× ${ratio < timesStockLeast ? '< **bar**' : '≥'} ${timesStockLeast}`,
    `${of('odeon', many).redisMs.toFixed(3)} / ${of('stock', many).redisMs.toFixed(3)} ms`,
  ])
  return markdown([head, ...body])
}

export function discoveryMisses(rows: DiscoveryRow[]): string[] {
  const { timesStockLeast, growthMost } = discoveryBars
  return linesOf(rows).flatMap(({ atOnce, ratio, growth }) => [
    ...(ratio < timesStockLeast
      ? [`${ratio.toFixed(1)}× stock with ${atOnce} at once, not ${timesStockLeast}×`]
      : []),
    ...(growth('odeon') > growthMost
      ? [`a seat grows ${growth('odeon').toFixed(2)}× dearer with ${atOnce} at once`]
      : []),
  ])
}
