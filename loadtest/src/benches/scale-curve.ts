/** `npm run bench -- scale-curve`: CPU and memory against viewers and processes. */
import { colyseusVersions } from '../report/versions.ts'
import { runScale, type ScaleRun } from '../scale/run-scale.ts'
import { faultsOf, scaleTable } from '../scale/scale-table.ts'
import { writeCurve } from '../scale/write-curve.ts'
import type { Bench } from './bench.ts'

/** Viewers and relays. */
const points: [viewers: number, relays: number][] = [
  [100, 1],
  [1_000, 1],
  [5_000, 1],
  [15_000, 1],
  [5_000, 2],
  [15_000, 2],
  [30_000, 2],
  [15_000, 3],
  [30_000, 3],
  [15_000, 4],
  [30_000, 4],
  [60_000, 4],
]

export const bench: Bench = {
  title: 'CPU and memory from 100 to 60,000 viewers, over one to four relays',
  usesAllCores: true,
  async run({ isQuick, viewers: [most], isWritten, say }) {
    const viewersMost = most ?? (isQuick ? 1_000 : 60_000)
    const windowS = isQuick ? 8 : 15
    const runs: ScaleRun[] = []
    for (const [viewers, relays] of points.filter(([count]) => count <= viewersMost)) {
      const rates = { chatPerS: 50, reactionsPerS: 200, windowS, say }
      runs.push(await runScale({ viewers, relays, ...rates }))
    }
    if (isWritten) writeCurve(runs)
    return {
      heading: 'What each part of the house spends at 50 lines and 200 reactions a second',
      table: scaleTable(runs),
      versions: colyseusVersions(),
      misses: faultsOf(runs),
    }
  },
}
