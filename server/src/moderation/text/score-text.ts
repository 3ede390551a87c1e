/**
 * How bad a text is, from 0 to 1 (AI-01, 03, 04): listed words found in every disguise, weighed by
 * what they are and whether a person is meant. docs/moderation.md says how the score is made.
 */
import type { TextVerdict } from '@odeon/rooms/ports'
import type { ScoreCategory } from '@odeon/rooms/protocol'
import { englishThey, englishYou } from './english-words.ts'
import { type Find, findWords } from './find-words.ts'
import { nepaliYou } from './nepali-words.ts'
import { readWords, type TextWords } from './read-words.ts'
import type { WordKind } from './word-list.ts'

export const scoreWeights = {
  /** Added when a person is meant, by kind. */
  aimed: { slur: 0, threat: 0, insult: 0.2, mild: 0.2, obscene: 0.1, vulgar: 0.08, sexual: 0.1 },
  /** Part of that which is added when somebody is only spoken of. */
  spokenOf: 0.5,
  /** Added to a swear word right before `you`, `off` and the like. */
  sent: 0.26,
  /** Added when a swear word stands right before an insult that is aimed. */
  strengthened: 0.25,
  /** Added for hiding the word. */
  disguised: 0.05,
  /** Added for each further find, for three at most. */
  further: 0.02,
  furtherMax: 3,
  /** Taken away when somebody tells what was said, or to whom. */
  reported: 0.25,
  /** Words before and after an insult in which the person meant stands. */
  aimBefore: 4,
  aimAfter: 2,
} as const

const secondPerson = new Set(englishYou.split(' ').filter((word) => word !== ''))
for (const word of nepaliYou.split(' ')) secondPerson.add(word)
const thirdPerson = new Set(englishThey.split(' '))
const targets = new Set('you u ya yo your ur yourself urself yall off tero talai'.split(' '))
const negations = new Set(
  'not never isnt arent aint no dont nobody nor hoina haina होइन'.split(' '),
)
const reporting = new Set('called calls calling said says saying word words quote term'.split(' '))
const gesture = '\u{1f595}'
const clean: TextVerdict = { score: 0, category: 'none', matches: [] }

const categories: Record<WordKind, ScoreCategory> = {
  slur: 'hate',
  threat: 'threat',
  insult: 'insult',
  mild: 'insult',
  obscene: 'profanity',
  vulgar: 'profanity',
  sexual: 'sexual',
}

/** Synchronous, pure, and bounded: text past `foldLimits.charsMax` characters is not read. */
export const scoreText = (text: string): TextVerdict => examineText(text).verdict

/** The verdict, and how many steps it took: characters read and words compared. */
export function examineText(text: string): { verdict: TextVerdict; steps: number } {
  const read = readWords(text)
  const verdict = judge(text, read)
  return { verdict, steps: read.steps }
}

function judge(text: string, read: TextWords): TextVerdict {
  const finds = findWords(read)
  const hasGesture = text.includes(gesture)
  if (finds.length === 0) return hasGesture ? gestured(read) : clean
  let score = hasGesture ? 0.7 : 0
  let heaviest: Find | undefined
  for (const find of finds) {
    const weighed = weigh(find, finds, read)
    if (weighed <= score && heaviest) continue
    score = Math.max(score, weighed)
    heaviest = find
  }
  const bad = finds.filter(({ entry }) => entry.weight >= 0.6).length
  score += scoreWeights.further * Math.max(0, Math.min(bad - 1, scoreWeights.furtherMax))
  return {
    score: Math.round(Math.min(1, score) * 1000) / 1000,
    category: heaviest ? categories[heaviest.entry.kind] : 'insult',
    matches: finds.map(({ from, to }) => text.slice(from, to)),
  }
}

const gestured = ({ hasMention, words }: TextWords): TextVerdict => {
  const isAimed = hasMention || words.some(({ text }) => secondPerson.has(text))
  return { score: isAimed ? 0.9 : 0.7, category: 'insult', matches: [gesture] }
}

function weigh(find: Find, finds: Find[], read: TextWords): number {
  const { kind, weight } = find.entry
  const before = read.words.slice(Math.max(0, find.at - scoreWeights.aimBefore), find.at)
  let score = weight + (find.isDisguised ? scoreWeights.disguised : 0)
  const isDenied = before.slice(-3).some(({ text }) => negations.has(text))
  const aim = isDenied || find.entry.word.includes(' ') ? 0 : aimOf(find, read)
  const isSent = kind === 'obscene' && isFollowedByTarget(find, read)
  if (isSent && aim > 0) score += scoreWeights.sent
  else score += aim * (scoreWeights.aimed[kind] + (isInsult(kind) ? strength(find, finds) : 0))
  const isReported = before.some(({ text }) => reporting.has(text))
  return isReported && kind !== 'threat' ? score - scoreWeights.reported : score
}

/** 1 when somebody present is meant, a part of it when somebody is spoken of, 0 otherwise. */
function aimOf({ at, until }: Find, { words, hasMention }: TextWords): number {
  if (hasMention || words[until]?.text === 'off' || words[at]?.text.includes('you')) return 1
  const before = words.slice(Math.max(0, at - scoreWeights.aimBefore), at)
  const near = [...before, ...words.slice(until, until + scoreWeights.aimAfter)]
  if (near.some(({ text }) => secondPerson.has(text))) return 1
  return near.some(({ text }) => thirdPerson.has(text)) ? scoreWeights.spokenOf : 0
}

/** `fuck you`, also in one word. */
const isFollowedByTarget = ({ at, until }: Find, { words }: TextWords): boolean =>
  targets.has(words[until]?.text ?? '') || /k+yo?u/.test(words[at]?.text ?? '')

const isInsult = (kind: WordKind): boolean => kind === 'insult' || kind === 'mild'

/** `you fucking idiot` is no friendly teasing. */
const strength = (find: Find, finds: Find[]): number =>
  finds.some(({ entry, until }) => entry.kind === 'obscene' && until === find.at)
    ? scoreWeights.strengthened
    : 0
