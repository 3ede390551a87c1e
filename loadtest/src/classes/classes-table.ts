/** What it costs to show different parts of a state to different people, against its bars. */
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import type { ClassesRun } from '../odeon/run-classes.ts'

export const classesBars = { singleTimesMost: 6, stockTimesLeast: 50 } as const

const of = (runs: ClassesRun[], figure: keyof ClassesRun): number =>
  median(runs.map((run) => run[figure]))

export function classesTable(runs: ClassesRun[]): string {
  const [one, classes, stock] = [of(runs, 'singleMs'), of(runs, 'classesMs'), of(runs, 'stockMs')]
  const { singleTimesMost, stockTimesLeast } = classesBars
  const ms = (value: number) => `${value.toFixed(value < 10 ? 3 : 1)} ms`
  return markdown([
    ['encoding of one patch', 'CPU', 'compared (goal)'],
    ['Odeon, everybody sees the same', ms(one), ''],
    [
      'Odeon, four classes',
      ms(classes),
      `${(classes / one).toFixed(1)}× the single one (≤ ${singleTimesMost}×)`,
    ],
    [
      'Colyseus, a view for each client',
      ms(stock),
      `${Math.round(stock / classes).toLocaleString('en')}× Odeon's (≥ ${stockTimesLeast}×)`,
    ],
    [
      'Colyseus, clients of a class share a view',
      ms(of(runs, 'stockSharedMs')),
      `${(of(runs, 'stockSharedMs') / classes).toFixed(1)}× Odeon's`,
    ],
  ])
}

export function classesMisses(runs: ClassesRun[]): string[] {
  const [one, classes, stock] = [of(runs, 'singleMs'), of(runs, 'classesMs'), of(runs, 'stockMs')]
  const { singleTimesMost, stockTimesLeast } = classesBars
  const misses: [boolean, string][] = [
    [!(classes / one <= singleTimesMost), `more than ${singleTimesMost} × the single encoding`],
    [!(stock / classes >= stockTimesLeast), `not ${stockTimesLeast} × a view for each client`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
