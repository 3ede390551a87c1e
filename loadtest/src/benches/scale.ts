/** `npm run bench -- scale`: one room over four relays. */
import { colyseusVersions } from '../report/versions.ts'
import { runScale } from '../scale/run-scale.ts'
import { scaleTable, sizeMisses } from '../scale/scale-table.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: '60,000 viewers of one room over four relays and Redis',
  usesAllCores: true,
  async run({ isQuick, viewers: [wanted], processes, say }) {
    const viewers = wanted ?? (isQuick ? 5_000 : 60_000)
    const relays = processes ?? (isQuick ? 2 : 4)
    const windowS = isQuick ? 15 : 40
    const run = await runScale({ viewers, relays, chatPerS: 50, reactionsPerS: 200, windowS, say })
    return {
      heading: '50 lines and 200 reactions a second, CPU as shares of a core while they were said',
      table: scaleTable([run]),
      note: `The machine was ${Math.round(run.machineShare * 100)} % busy, generators included.`,
      versions: colyseusVersions(),
      misses: sizeMisses(run),
    }
  },
}
