/** `npm run bench -- small`. */
import { colyseusVersions } from '../report/versions.ts'
import { runSmall } from '../small/run-small.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'latency in rooms of 2, 10 and 50 beside stock Colyseus',
  async run({ isQuick, repetitions, say }) {
    const messages = isQuick ? 300 : 1_000
    const plan = { repetitions, members: [2, 10, 50], messages, say }
    const { table, isMet } = await runSmall(plan)
    return {
      heading: `From when a message was due until a member has it, median of ${repetitions}`,
      table,
      versions: colyseusVersions(),
      misses: isMet ? [] : ['a bar, see the table'],
    }
  },
}
