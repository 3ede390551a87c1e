/** `npm run bench -- ledger`. */
import { ledgerMisses, ledgerTable } from '../ledger/ledger-table.ts'
import { runLedger } from '../ledger/run-ledger.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'gifts a second the ledger takes, written together and one by one',
  usesAllCores: true,
  async run({ isQuick, repetitions, say }) {
    const run = await runLedger({ repetitions, windowMs: isQuick ? 3_000 : 6_000, say })
    return {
      heading: `Gifts of 1,000 people in 8 streams, median of ${repetitions}`,
      table: ledgerTable(run),
      note: [
        'Each gift is three postings, an event and the sums of its stream, on disk before it is',
        'acknowledged (`fsync` and `synchronous_commit` on). PostgreSQL and the process that asks',
        'share two cores. At half the load gifts come at fixed times, and wait from these on.',
      ].join(' '),
      versions: 'embedded PostgreSQL',
      misses: ledgerMisses(run),
    }
  },
}
