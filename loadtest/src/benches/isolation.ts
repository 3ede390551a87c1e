/** `npm run bench -- isolation`. */
import { runIsolation } from '../isolation/run-isolation.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a game of ten beside a room of 15,000 in one process',
  async run({ isQuick, repetitions, say }) {
    const plan = isQuick ? { viewers: 4_000, windowS: 10 } : { viewers: 15_000, windowS: 30 }
    const measured = await runIsolation({ repetitions, ...plan, say })
    const viewers = plan.viewers.toLocaleString('en')
    const heading = `A room of ten beside one of ${viewers}, median of ${repetitions}`
    return { ...measured, heading, versions: colyseusVersions() }
  },
}
