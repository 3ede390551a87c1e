/** `npm run bench -- media`. */
import { runMedia } from '../media/run-media.ts'
import { mediaVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'voices with a real LiveKit: until heard, until silent, until out again',
  usesAllCores: true,
  async run({ isQuick, say }) {
    const plan = isQuick
      ? { speakers: 5, listeners: 20, hearers: 19, processes: 2, turns: 5 }
      : { speakers: 20, listeners: 100, hearers: 19, processes: 5, turns: 20 }
    const measured = await runMedia({ ...plan, say })
    const heading = `A room of voices, median / worst of ${plan.turns} turns`
    return { ...measured, heading, versions: mediaVersions() }
  },
}
