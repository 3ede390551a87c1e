/** The labelled lines: `tune.tsv` the lists may be tuned on, `held-out.tsv` only measures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const corpusHalves = ['tune', 'held-out'] as const
export type CorpusHalf = (typeof corpusHalves)[number]

export interface CorpusLine {
  class: string
  /** 0 clean, 1 suspicious (from 0.6), 2 to be refused (from 0.9). */
  expected: 0 | 1 | 2
  text: string
}

export function readCorpus(half: CorpusHalf): CorpusLine[] {
  const file = readFileSync(join(import.meta.dirname, 'corpus', `${half}.tsv`), 'utf8')
  return file.split('\n').flatMap((row, index) => {
    if (row === '' || row.startsWith('# ')) return []
    const [name, expected, written] = row.split('\t')
    if (!name || !written || !/^[012]$/.test(expected ?? '')) {
      throw new Error(`${half}.tsv:${index + 1} is no line of the corpus`)
    }
    const text = written.replaceAll(/\\u([0-9a-f]{4})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return [{ class: name, expected: Number(expected) as CorpusLine['expected'], text }]
  })
}
