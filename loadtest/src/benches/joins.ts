/** `npm run bench -- joins`. */
import { joinsMisses, joinsTable } from '../joins/joins-table.ts'
import { runJoins } from '../joins/run-joins.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: '15,000 who join one room at once, and 20,000 seats nobody takes',
  async run({ isQuick, repetitions, say }) {
    const viewers = isQuick ? 4_000 : 15_000
    const runs = await runJoins({ repetitions, viewers, joinsPerS: 2_500, say })
    return {
      heading: `${viewers.toLocaleString('en')} join one room, median of ${repetitions}`,
      table: joinsTable(runs),
      versions: colyseusVersions(),
      misses: joinsMisses(runs),
    }
  },
}
