/** What `npm run moderation` prints. */
import { confusion, type Figures, figures, levels, type Scored, scoreAll } from './figures.ts'
import { corpusHalves, readCorpus } from './read-corpus.ts'
import { scoreText } from './score-text.ts'

const percent = (part: number | null): string =>
  part === null ? '–'.padStart(7) : `${(part * 100).toFixed(1)} %`.padStart(7)

function row(name: string, { lines, precision, recall, f1, ...counts }: Figures): string {
  const found = `${counts.truePositive}/${counts.truePositive + counts.falseNegative}`
  const cells = [found.padStart(8), String(counts.falsePositive).padStart(6)]
  const shares = [precision, recall, f1].map(percent).join('  ')
  return `  ${name.padEnd(18)}${String(lines).padStart(5)}${cells.join('')}  ${shares}`
}

function half(name: string, scored: Scored[]): string {
  const classes = Object.entries(Object.groupBy(scored, (line) => line.class))
  const tables = levels.map((level) => {
    const rows = classes.map(([of, lines = []]) => row(of, figures(lines, level)))
    return [
      `\n${name}, from ${level.from} (${level.name})`,
      '  class             lines   found  false  precis.   recall       F1',
      ...rows,
      row('all', figures(scored, level)),
    ].join('\n')
  })
  const table = confusion(scored).map((cells, expected) => {
    const label = ['clean', 'to warn of', 'to block'][expected] ?? ''
    return `  ${label.padEnd(12)}${cells.map((cell) => String(cell).padStart(10)).join('')}`
  })
  const outcomes = ['passed', 'warned', 'blocked'].map((one) => one.padStart(10))
  const heading = `  ${''.padEnd(12)}${outcomes.join('')}`
  return [...tables, `\n${name}, what became of it`, heading, ...table].join('\n')
}

const rounds = { warm: 40, measured: 60 }

/** Microseconds a line over the whole corpus, warm. */
function timing(texts: string[]): string {
  const took: number[] = []
  for (let round = 0; round < rounds.warm + rounds.measured; round += 1) {
    for (const text of texts) {
      const from = process.hrtime.bigint()
      scoreText(text)
      if (round >= rounds.warm) took.push(Number(process.hrtime.bigint() - from) / 1_000)
    }
  }
  took.sort((a, b) => a - b)
  const at = (share: number): string => (took[Math.floor(took.length * share)] ?? 0).toFixed(1)
  const lines = `${took.length} scored`
  return `\nMicroseconds a line, ${lines}: median ${at(0.5)}, p99 ${at(0.99)}`
}

export const report = {
  figures(): string {
    const scored = corpusHalves.map((name) => ({ name, lines: scoreAll(readCorpus(name)) }))
    const texts = scored.flatMap(({ lines }) => lines.map(({ text }) => text))
    return [...scored.map(({ name, lines }) => half(name, lines)), timing(texts)].join('\n')
  },
  line(text: string): string {
    const { score, category, matches } = scoreText(text)
    return [score, category, ...matches.map((match) => JSON.stringify(match))].join('  ')
  },
}
