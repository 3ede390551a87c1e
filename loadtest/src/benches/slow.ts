/** `npm run bench -- slow`. */
import { colyseusVersions } from '../report/versions.ts'
import { runSlow } from '../slow/run-slow.ts'
import { slowMisses, slowTable } from '../slow/slow-table.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: "slow readers: corruption, bytes queued, the others' latency",
  async run({ isQuick, say }) {
    const stallS = isQuick ? 20 : 30
    const runs = await runSlow({ viewers: 1_000, stallS, repetitions: isQuick ? 1 : 3, say })
    return {
      heading: `1,000 viewers, 5 % of them slow for ${stallS} s`,
      table: slowTable(runs),
      versions: colyseusVersions(),
      misses: slowMisses(runs),
    }
  },
}
