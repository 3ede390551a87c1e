/** `npm run bench -- join-flat`. */
import { runFlat } from '../joins/run-flat.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a join in a young and an old room, beside 100 and beside 15,000',
  async run({ isQuick, repetitions, say }) {
    const plan = isQuick
      ? { viewers: 4_000, joiners: 500, rounds: 3, visitsPerHour: 1_000 }
      : { viewers: 15_000, joiners: 1_000, rounds: 5, visitsPerHour: 4_000 }
    const measured = await runFlat({ repetitions, ...plan, say })
    const heading = `Server CPU of one join, median of ${repetitions}`
    return { ...measured, heading, versions: colyseusVersions() }
  },
}
