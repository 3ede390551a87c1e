/** `npm run bench -- soak`. */
import { colyseusVersions } from '../report/versions.ts'
import { runSoak } from '../soak/run-soak.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a full room for half an hour, and what is left when all are gone',
  async run({ isQuick, viewers: [wanted], minutes, say }) {
    const plan = isQuick ? { viewers: 2_000, minutes: 3 } : { viewers: 10_000, minutes: 30 }
    const options = { viewers: wanted ?? plan.viewers, minutes: minutes ?? plan.minutes, say }
    const { table, note, misses } = await runSoak(options)
    const heading = '20 lines a second, 5 % of the audience leave and come back each minute'
    const more = note === '' ? {} : { note }
    return { heading, table, ...more, misses, versions: colyseusVersions() }
  },
}
