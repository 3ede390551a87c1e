/** `npm run bench -- scale-relays`: the same audience over one, two and four relays. */
import { colyseusVersions } from '../report/versions.ts'
import { runScale, type ScaleRun } from '../scale/run-scale.ts'
import { faultsOf, riseMisses, risesOf, scaleTable } from '../scale/scale-table.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'what more relays cost the writer and Redis',
  usesAllCores: true,
  async run({ isQuick, viewers: [wanted], say }) {
    const viewers = wanted ?? (isQuick ? 2_000 : 12_000)
    const windowS = isQuick ? 10 : 30
    const rates = { chatPerS: 50, reactionsPerS: 200, windowS, say }
    const runs: ScaleRun[] = []
    for (const relays of [1, 2, 4]) runs.push(await runScale({ viewers, relays, ...rates }))
    const half = await runScale({ viewers: Math.round(viewers / 2), relays: 4, ...rates })
    const rises = risesOf(runs[0] as ScaleRun, runs[2] as ScaleRun, half)
    return {
      heading: 'The same viewers over more relays, and at last half of them',
      table: scaleTable([...runs, half]),
      note:
        `From one relay to four the writer's CPU a message rises ×${rises.writer.toFixed(2)} and ` +
        `messages through Redis ×${rises.redisWithRelays.toFixed(2)}; twice the viewers make ` +
        `×${rises.redisWithViewers.toFixed(2)} messages through Redis.`,
      versions: colyseusVersions(),
      misses: [...faultsOf([...runs, half]), ...riseMisses(rises)],
    }
  },
}
