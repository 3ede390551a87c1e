/** `npm run bench -- discovery`. */
import { discoveryMisses, discoveryTable } from '../discovery/discovery-table.ts'
import { runDiscovery } from '../discovery/run-discovery.ts'
import { sharedVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a seat in one room among 10,000 in Redis',
  async run({ isQuick, repetitions, say }) {
    const rows = await runDiscovery({ repetitions, times: isQuick ? 1_000 : 3_000, say })
    return {
      heading: `CPU of the server for one seat, median of ${repetitions}`,
      table: discoveryTable(rows),
      versions: sharedVersions(),
      misses: discoveryMisses(rows),
    }
  },
}
