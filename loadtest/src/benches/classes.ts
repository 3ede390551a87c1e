/** `npm run bench -- classes`. */
import { classesMisses, classesTable } from '../classes/classes-table.ts'
import { runClasses } from '../odeon/run-classes.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

export const bench: Bench = {
  title: 'a patch for four classes of an audience, and for each client',
  run({ isQuick, repetitions, say }) {
    const viewers = isQuick ? 2_000 : 10_000
    const runs = runClasses({ repetitions, viewers, say })
    return Promise.resolve({
      heading: `${viewers.toLocaleString('en')} in four classes, median of ${repetitions}`,
      table: classesTable(runs),
      versions: colyseusVersions(),
      misses: classesMisses(runs),
    })
  },
}
