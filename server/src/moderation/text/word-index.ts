/** Looks words up in the lists: as they stand, stretched, masked, inside others, with endings. */
import { englishShort, englishStems, englishWords } from './english-words.ts'
import { falseFriendWords } from './false-friends.ts'
import { nepaliEndings, nepaliStems, nepaliWords, romanEndings } from './nepali-words.ts'
import type { WordEntry } from './word-list.ts'

const listed = [...englishWords, ...nepaliWords]
const exact = new Map(listed.map((entry) => [entry.word, entry]))
const shortWords = new Set(englishShort.trim().split(/\s+/))

/** Each letter once: `asshole` and `aasshoole` are both `ashole`. */
const squeezed = (word: string): string => word.replaceAll(/(.)\1+/g, '$1')
const bySqueezed = Map.groupBy(listed, ({ word }) => squeezed(word))
const byShape = Map.groupBy(
  listed.filter(({ weight, word }) => weight >= 0.6 && word.length >= 3),
  ({ word }) => `${word[0]}${word.length}`,
)

const stems = [...englishStems, ...nepaliStems]
const stemOf = new Map(stems.map((entry) => [squeezed(entry.word), entry]))
/** Every letter may be stretched, none may be missing. Runs are at most 3 long: no blow-up. */
const stemPattern = stems
  .map(({ word }) => word.replaceAll(/(.)\1*/g, (run, one: string) => `${one}{${run.length},}`))
  .join('|')
const stemInside = new RegExp(stemPattern, 'g')
const anyStem = new RegExp(stemPattern)

const endings = {
  script: nepaliEndings.split(' '),
  roman: romanEndings.split(' '),
}

export const isFalseFriend = (word: string): boolean => falseFriendWords.has(word)
export const isCommon = (word: string): boolean => shortWords.has(word)
export const hasStem = (text: string): boolean => anyStem.test(text)

export function lookUp(word: string): WordEntry | null {
  if (falseFriendWords.has(word)) return null
  const known = exact.get(word) ?? stretched(word) ?? withoutEnding(word)
  return known ?? null
}

/** The listed word of which this one is a stretched form; no letter may be missing. */
function stretched(word: string): WordEntry | undefined {
  const once = squeezed(word)
  if (once === word || once.length < 2) return undefined
  const candidates = bySqueezed.get(once)
  if (candidates === undefined) return undefined
  const runs = runLengths(word)
  return candidates.find((entry) => {
    const least = runLengths(entry.word)
    const isLonger = entry.word.length > 3 || runs.some((run, at) => run > (least[at] ?? 0) + 1)
    return isLonger && runs.every((run, at) => run >= (least[at] ?? 0))
  })
}

function runLengths(word: string): number[] {
  const runs: number[] = []
  for (let at = 0; at < word.length; at += 1) {
    if (at > 0 && word[at] === word[at - 1]) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
    else runs.push(1)
  }
  return runs
}

function withoutEnding(word: string): WordEntry | undefined {
  const isScript = word >= '\u0900'
  for (const ending of isScript ? endings.script : endings.roman) {
    if (word.length - ending.length < 3 || !word.endsWith(ending)) continue
    const entry = exact.get(word.slice(0, -ending.length))
    if (entry !== undefined) return entry
  }
  return undefined
}

/** The worst stem inside a longer word, as in `dumbfuckery`. */
export function lookInside(word: string): WordEntry | null {
  if (word.length < 5 || falseFriendWords.has(word)) return null
  let worst: WordEntry | null = null
  for (const [found] of word.matchAll(stemInside)) {
    const entry = stemOf.get(squeezed(found)) ?? null
    if (entry !== null && entry.weight > (worst?.weight ?? 0)) worst = entry
  }
  return worst
}

/** `f*ck`: at least two letters stand, the first among them, and every `*` is one letter. */
export function lookMasked(masked: string): WordEntry | null {
  const letters = masked.replaceAll('*', '').length
  if (letters < 2 || letters * 2 < masked.length) return null
  for (const entry of byShape.get(`${masked[0]}${masked.length}`) ?? []) {
    if ([...entry.word].every((one, at) => masked[at] === '*' || masked[at] === one)) return entry
  }
  return null
}
