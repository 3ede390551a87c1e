/** `npm run bench -- faults`: a room in service while parts of its house die and stand still. */
import { faults } from '../faults/fault.ts'
import { runFault } from '../faults/run-fault.ts'
import { type FaultRun, faultMisses, faultTable } from '../faults/verdict.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: `faults under load: ${Object.keys(faults).join(', ')}`,
  usesAllCores: true,
  async run({ isQuick, viewers: [wanted], processes, cells, trials, say }) {
    const viewers = wanted ?? (isQuick ? 1_000 : 5_000)
    const windows = isQuick ? { beforeS: 6, afterS: 14 } : { beforeS: 15, afterS: 20 }
    const runs: FaultRun[] = []
    for (const name of cells.length === 0 ? Object.keys(faults) : cells) {
      const fault = faults[name]
      if (fault === undefined) throw new Error(`--cell knows ${Object.keys(faults).join(', ')}.`)
      for (let seed = 1; seed <= trials; seed += 1) {
        const options = { fault, seed, viewers, processes: (processes ?? 3) + 1, ...windows, say }
        runs.push(await runFault(options))
        say(`\n${faultTable(runs.slice(-1))}\n`)
      }
    }
    return {
      heading: `${viewers.toLocaleString('en')} viewers, 50 lines a second`,
      table: faultTable(runs),
      versions: colyseusVersions(),
      misses: runs.flatMap(faultMisses),
    }
  },
}
