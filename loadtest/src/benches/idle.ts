/** `npm run bench -- idle`. */
import { runIdle } from '../idle/run-idle.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'memory and CPU of 15,000 who say and hear nothing',
  async run({ isQuick, repetitions, say }) {
    const plan = isQuick ? { viewers: 4_000, windowS: 20 } : { viewers: 15_000, windowS: 60 }
    const measured = await runIdle({ repetitions, ...plan, say })
    const viewers = plan.viewers.toLocaleString('en')
    const heading = `${viewers} silent viewers, median of ${repetitions}`
    return { ...measured, heading, versions: colyseusVersions() }
  },
}
