/** What deflating once for all is worth, as a table and against its bars. */
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { type DeflateRun, type SetupName, setups } from './run-deflate.ts'

export const deflateBars = {
  perSocketTimesLeast: 25,
  bytesTimesLeast: 3,
  plainCpuTimesMost: 1.5,
} as const

type Figure = Exclude<keyof DeflateRun, 'setup'>

const of = (runs: DeflateRun[], setup: SetupName, figure: Figure): number =>
  median(runs.filter((run) => run.setup === setup).map((run) => run[figure]))

/** How often one holds the other, as the bars have it. */
function ratiosOf(runs: DeflateRun[]) {
  const rate = (setup: SetupName) => of(runs, setup, 'deliveriesPerCpuS')
  const bytes = (setup: SetupName) => of(runs, setup, 'bytesPerDelivery')
  return {
    perSocketTimes: rate('shared') / rate('perSocket'),
    bytesTimes: bytes('plain') / bytes('shared'),
    plainCpuTimes: rate('plain') / rate('shared'),
  }
}

export function deflateTable(runs: DeflateRun[]): string {
  const head = [
    'server',
    'states delivered a CPU-second',
    'CPU a delivery',
    'bytes a delivery',
    'memory grown, by viewer',
  ]
  const lines = (Object.keys(setups) as SetupName[]).map((setup) => {
    const rate = of(runs, setup, 'deliveriesPerCpuS')
    return [
      setups[setup].title,
      `${(rate / 1_000).toFixed(rate < 10_000 ? 1 : 0)} k`,
      `${(1e6 / rate).toFixed(1)} µs`,
      of(runs, setup, 'bytesPerDelivery').toFixed(0),
      `${(of(runs, setup, 'memoryPerViewer') / 1_024).toFixed(1)} KiB`,
    ]
  })
  return markdown([head, ...lines])
}

export function deflateNote(runs: DeflateRun[]): string {
  const { perSocketTimes, bytesTimes, plainCpuTimes } = ratiosOf(runs)
  const { perSocketTimesLeast, bytesTimesLeast, plainCpuTimesMost } = deflateBars
  const times = `${perSocketTimes.toFixed(0)}× the deliveries (goal ≥ ${perSocketTimesLeast})`
  const bytes = `${bytesTimes.toFixed(1)}× fewer bytes (≥ ${bytesTimesLeast})`
  const cpu = `${plainCpuTimes.toFixed(2)}× the CPU (≤ ${plainCpuTimesMost})`
  return [
    `Deflated once for all against for each socket: ${times}.`,
    `Against plain: ${bytes} at ${cpu}.`,
  ].join(' ')
}

export function deflateMisses(runs: DeflateRun[]): string[] {
  const { perSocketTimes, bytesTimes, plainCpuTimes } = ratiosOf(runs)
  const { perSocketTimesLeast, bytesTimesLeast, plainCpuTimesMost } = deflateBars
  const misses: [boolean, string][] = [
    [!(perSocketTimes >= perSocketTimesLeast), `not ${perSocketTimesLeast} × per-socket deflate`],
    [!(bytesTimes >= bytesTimesLeast), `not ${bytesTimesLeast} × fewer bytes than plain`],
    [!(plainCpuTimes <= plainCpuTimesMost), `more than ${plainCpuTimesMost} × the CPU of plain`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
