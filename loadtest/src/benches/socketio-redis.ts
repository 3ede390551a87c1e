/** `npm run bench -- socketio-redis`. */
import { adapterVersions } from '../report/versions.ts'
import { runScaleOut } from '../scale-out/run-scale-out.ts'
import { scaleOutMisses, scaleOutTable } from '../scale-out/scale-out-table.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'two processes and Redis beside Socket.IO with its adapter',
  async run({ isQuick, repetitions, say }) {
    const plan = isQuick ? { viewersEach: 5_000, seconds: 5 } : { viewersEach: 5_000, seconds: 10 }
    const rows = await runScaleOut({ repetitions, ...plan, say })
    const viewers = plan.viewersEach.toLocaleString('en')
    return {
      heading: `Two processes with ${viewers} viewers each, median of ${repetitions}`,
      table: scaleOutTable(rows),
      versions: adapterVersions(),
      misses: scaleOutMisses(rows),
    }
  },
}
