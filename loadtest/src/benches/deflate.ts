/** `npm run bench -- deflate`. */
import { deflateMisses, deflateNote, deflateTable } from '../deflate/deflate-table.ts'
import { runDeflate } from '../deflate/run-deflate.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a frame deflated once for all, and for each socket',
  async run({ isQuick, repetitions, say }) {
    const plan = isQuick ? { viewers: 1_000, windowMs: 3_000 } : { viewers: 2_000, windowMs: 6_000 }
    const runs = await runDeflate({ repetitions, ...plan, say })
    return {
      heading: `${plan.viewers.toLocaleString('en')} viewers, median of ${repetitions}`,
      table: deflateTable(runs),
      note: deflateNote(runs),
      versions: colyseusVersions(),
      misses: deflateMisses(runs),
    }
  },
}
