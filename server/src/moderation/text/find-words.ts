/** Every listed word and phrase of a text, however it is written, with its place. */
import { englishPhrases } from './english-words.ts'
import { falseFriendPhrases } from './false-friends.ts'
import { libraryFinds } from './library-finds.ts'
import { nepaliPhrases } from './nepali-words.ts'
import type { Reading, TextWords, Word } from './read-words.ts'
import { hasStem, isCommon, lookInside, lookMasked, lookUp } from './word-index.ts'
import type { PhraseEntry, WordEntry } from './word-list.ts'

export interface Find {
  entry: WordEntry
  /** Index of its first plain word, and of the one behind its last. */
  at: number
  until: number
  from: number
  to: number
  isDisguised: boolean
}

const phrasesByFirst = Map.groupBy([...englishPhrases, ...nepaliPhrases], ({ parts }) => parts[0])
const safeByFirst = Map.groupBy(falseFriendPhrases, (parts) => parts[0])
export const findLimits = {
  /** Words spelled letter by letter are not longer. */
  spelledMax: 40,
  /** Finds of one text; more change nothing. */
  findsMax: 50,
} as const

export function findWords(read: TextWords): Find[] {
  const { words } = read
  const isSafe = safePlaces(words)
  const finds: Find[] = []
  const add = (entry: WordEntry | null, at: number, until: number, place: Word) => {
    read.steps += place.text.length
    if (entry === null || isSafe.has(at) || finds.length >= findLimits.findsMax) return
    finds.push({ entry, at, until, from: place.from, to: place.to, isDisguised: place.isDisguised })
  }
  const mayHoldStem = hasStem(words.map(({ text }) => text).join(' '))
  words.forEach((word, at) => {
    add(lookUp(word.text) ?? (mayHoldStem ? lookInside(word.text) : null), at, at + 1, word)
    const phrase = phraseAt(words, at)
    const last = phrase && words[at + phrase.parts.length - 1]
    if (phrase && last) add(phrase, at, at + phrase.parts.length, { ...word, to: last.to })
  })
  for (const reading of read.readings) {
    add(lookDressed(reading), reading.at, reading.until, reading)
  }
  findSpelled(words, add)
  findSplit(words, add)
  if (finds.length === 0)
    for (const find of libraryFinds(words)) add(find.entry, find.at, find.at + 1, find)
  return withoutOverlaps(finds)
}

function lookDressed({ text, isMasked }: Reading): WordEntry | null {
  return isMasked ? lookMasked(text) : (lookUp(text) ?? lookInside(text))
}

/** `f u c k`, `f.u.c.k`, `ff uu cc kk`: letters one by one. */
function findSpelled(words: Word[], add: AddFind): void {
  for (let first = 0; first < words.length; first += 1) {
    let end = first
    while (end - first < findLimits.spelledMax && isSpelled(words[end])) end += 1
    if (end - first >= 3) {
      const run = words.slice(first, end)
      const text = run.map((word) => word.text).join('')
      const place = joined(run, text)
      add(
        lookUp(text) ?? lookInside(text) ?? lookUp(text.replaceAll(/(.)\1/g, '$1')),
        first,
        end,
        place,
      )
    }
    first = Math.max(first, end - 1)
  }
}

const isSpelled = (word: Word | undefined): boolean =>
  word !== undefined && !word.isAddress && word.text.length <= 3 && /^(.)\1*$/.test(word.text)

/** `fu ck`, `bi tch`, `mo ther fucker`: a word in two or three pieces that are none themselves. */
function findSplit(words: Word[], add: AddFind): void {
  for (let first = 0; first < words.length; first += 1) {
    for (const count of [2, 3]) {
      const pieces = words.slice(first, first + count)
      if (pieces.length < count || pieces.some(isWhole)) break
      if (pieces.filter(({ text }) => isCommon(text)).length >= count - (count === 2 ? 0 : 1))
        continue
      const text = pieces.map((piece) => piece.text).join('')
      if (text.length < 4) continue
      const entry = lookUp(text)
      if (entry !== null && entry.weight >= 0.6)
        add(entry, first, first + count, joined(pieces, text))
    }
  }
}

type AddFind = (entry: WordEntry | null, at: number, until: number, place: Word) => void

const isWhole = ({ text, isAddress }: Word): boolean => isAddress || text.length > 7

function joined(pieces: Word[], text: string): Word {
  const [first, last] = [pieces[0], pieces.at(-1)]
  const [from, to] = [first?.from ?? 0, last?.to ?? 0]
  return { text, from, to, isDisguised: true, isAddress: false }
}

function phraseAt(words: Word[], at: number): PhraseEntry | null {
  const starting = phrasesByFirst.get(words[at]?.text)
  if (starting === undefined) return null
  const found = starting.filter(({ parts }) => matches(words, at, parts))
  return found.reduce<PhraseEntry | null>(
    (best, one) => (best === null || one.weight > best.weight ? one : best),
    null,
  )
}

/** Words covered by a phrase that is clean as a whole. */
function safePlaces(words: Word[]): Set<number> {
  const safe = new Set<number>()
  words.forEach(({ text }, at) => {
    for (const parts of safeByFirst.get(text) ?? []) {
      if (matches(words, at, parts)) parts.forEach((_, offset) => safe.add(at + offset))
    }
  })
  return safe
}

const matches = (words: Word[], at: number, parts: string[]): boolean =>
  parts.every((part, offset) => words[at + offset]?.text === part)

/** The heaviest find of each place. */
function withoutOverlaps(finds: Find[]): Find[] {
  if (finds.length < 2) return finds
  const kept: Find[] = []
  for (const find of finds.toSorted((a, b) => b.entry.weight - a.entry.weight)) {
    if (kept.every(({ at, until }) => until <= find.at || find.until <= at)) kept.push(find)
  }
  return kept
}
