/** `npm run bench -- reactions`. */
import { reactionsMisses, reactionsTable } from '../reactions/reactions-table.ts'
import { runReactions } from '../odeon/run-reactions.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: '200,000 likes a second into a room of 5,000',
  async run({ isQuick, repetitions, say }) {
    // More than the bar: of what is asked for, a window shows a little less.
    const plan = { viewers: 5_000, tappers: 2_000, likesPerS: 210_000 }
    const runs = await runReactions({ repetitions, ...plan, windowS: isQuick ? 4 : 10, say })
    return {
      heading: `2,000 of ${plan.viewers.toLocaleString('en')} tap, median of ${repetitions}`,
      table: reactionsTable(runs),
      versions: colyseusVersions(),
      misses: reactionsMisses(runs),
    }
  },
}
