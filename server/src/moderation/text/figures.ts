/** How well lines are told apart: counts, precision and recall at a threshold, by class. */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { CorpusLine } from './read-corpus.ts'
import { scoreText } from './score-text.ts'

export const levels = [
  { name: 'warn', level: 1, from: moderationLimits.warnFrom },
  { name: 'block', level: 2, from: moderationLimits.blockFrom },
] as const

export interface Figures {
  lines: number
  truePositive: number
  falsePositive: number
  trueNegative: number
  falseNegative: number
  /** Null where nothing was found, or nothing was to be found. */
  precision: number | null
  recall: number | null
  f1: number | null
}

export interface Scored extends CorpusLine {
  score: number
}

export const scoreAll = (lines: CorpusLine[]): Scored[] =>
  lines.map((line) => ({ ...line, score: scoreText(line.text).score }))

export function figures(lines: Scored[], level: (typeof levels)[number]): Figures {
  const count = (isBad: boolean, isFound: boolean): number =>
    lines.filter(
      ({ expected, score }) => expected >= level.level === isBad && score >= level.from === isFound,
    ).length
  const [truePositive, falsePositive] = [count(true, true), count(false, true)]
  const [trueNegative, falseNegative] = [count(false, false), count(true, false)]
  const precision = share(truePositive, falsePositive)
  const recall = share(truePositive, falseNegative)
  const f1 =
    precision === null || recall === null || precision + recall === 0
      ? null
      : (2 * precision * recall) / (precision + recall)
  const counts = { truePositive, falsePositive, trueNegative, falseNegative }
  return { lines: lines.length, ...counts, precision, recall, f1 }
}

const share = (part: number, rest: number): number | null =>
  part + rest === 0 ? null : part / (part + rest)

/** Rows: what a line is; columns: how it was scored. */
export function confusion(lines: Scored[]): number[][] {
  const table = [0, 1, 2].map(() => [0, 0, 0])
  for (const { expected, score } of lines) {
    const found = levels.filter(({ from }) => score >= from).length
    const row = table[expected]
    if (row) row[found] = (row[found] ?? 0) + 1
  }
  return table
}
