import fc from 'fast-check'
import { expect, it } from 'vitest'
import { figures, levels, scoreAll } from './figures.ts'
import { foldLimits } from './fold-text.ts'
import { corpusHalves, readCorpus } from './read-corpus.ts'
import { examineText, scoreText } from './score-text.ts'

const least = { lines: 400, precision: 0.95, recall: 0.93 }

it.each(corpusHalves)('[TXT-05] the %s half of the labelled lines is told apart', (half) => {
  const scored = scoreAll(readCorpus(half))
  expect(scored.length).toBeGreaterThanOrEqual(least.lines)
  for (const level of levels) {
    const { precision, recall } = figures(scored, level)
    expect(precision, `${level.name} precision`).toBeGreaterThanOrEqual(least.precision)
    expect(recall, `${level.name} recall`).toBeGreaterThanOrEqual(least.recall)
  }
})

it('[TXT-05] no line stands in both halves', () => {
  const [tune, heldOut] = corpusHalves.map((half) => readCorpus(half).map(({ text }) => text))
  expect(tune!.filter((text) => heldOut!.includes(text))).toEqual([])
  for (const half of [tune!, heldOut!]) expect(new Set(half).size).toBe(half.length)
})

it('[TXT-06] a clean word that contains a bad one never makes a line suspicious', () => {
  const lines = corpusHalves.flatMap(readCorpus).filter((line) => line.class === 'false-friend')
  expect(lines.length).toBeGreaterThanOrEqual(100)
  expect(scoreAll(lines).filter(({ score }) => score >= 0.6)).toEqual([])
})

const nasty = [
  '@',
  'a',
  '@a.',
  'f',
  'fu',
  'u ',
  '!?',
  "a'",
  'f*',
  'f.u.c.',
  '1!|',
  'x ',
  'fuck ',
  'you ',
  'n1g',
  '\u200b',
  '\u0336',
  '\ufdfa',
  '🇫',
  'मु',
  'ass',
  '../',
  '://',
  '$$',
]

it('[TXT-07] whatever is sent, the work grows with the length and stops at the bound', () => {
  const piece = fc.constantFrom(...nasty)
  const runs = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 4_000 })), { maxLength: 6 })
  const mixes = fc.array(piece, { maxLength: 2_000 })
  const text = fc.oneof(
    runs.map((parts) => parts.map(([one, times]) => one.repeat(times)).join('')),
    mixes.map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 3_000 }),
  )
  fc.assert(
    fc.property(text, (line) => {
      const { verdict, steps } = examineText(line)
      expect(steps).toBeLessThanOrEqual(60 * Math.min(line.length, foldLimits.charsMax) + 1)
      expect(verdict.score).toBeGreaterThanOrEqual(0)
      expect(verdict.score).toBeLessThanOrEqual(1)
      for (const match of verdict.matches) expect(line).toContain(match)
    }),
    { numRuns: 300 },
  )
})

it('[TXT-07] what stands behind the bound is not read', () => {
  expect(scoreText(`${'la '.repeat(foldLimits.charsMax)}fuck`).score).toBe(0)
})
