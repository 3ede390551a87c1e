/** `npm run bench -- fanout`. */
import { fanoutTable } from '../fanout/fanout-table.ts'
import { runFanout } from '../fanout/run-fanout.ts'
import { type HostName, hostKinds } from '../hosts/host.ts'
import { peerVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'deliveries per server CPU-second beside peers',
  async run({ isQuick, repetitions, viewers: wanted, perTick, hosts: named, say }) {
    const viewers = wanted.length > 0 ? wanted : [1_000, 5_000]
    const hosts = named.filter((name): name is HostName => name in hostKinds)
    const times = isQuick ? { warmMs: 1_000, windowMs: 2_000 } : { warmMs: 2_000, windowMs: 4_000 }
    const result = await runFanout({ viewers, perTick, ...times, repetitions, hosts, say })
    say('Each viewer got every message once and in order; 20 SDK members confirmed text and state.')
    const discarded = result.rows
      .flatMap((row) => Object.values(row.cells))
      .reduce((sum, cell) => sum + cell.discarded, 0)
    const misses: [boolean, string][] = [
      [!result.isSound, 'the machine was too busy: some servers never had a core to themselves'],
      [!result.isMet, 'a bar, see the table'],
    ]
    return {
      heading: `Deliveries per server CPU-second, median of ${repetitions} (least–most)`,
      table: fanoutTable(result, hosts),
      note: `Samples discarded because the server did not get its core: ${discarded}.`,
      versions: peerVersions(),
      misses: misses.flatMap(([isMissed, what]) => (isMissed ? [what] : [])),
    }
  },
}
