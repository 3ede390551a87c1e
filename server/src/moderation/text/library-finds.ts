/** A second opinion: the English dataset of `obscenity`, looked for in words already folded. */
import { englishDataset, RegExpMatcher, SyntaxKind } from 'obscenity'
import type { Word } from './read-words.ts'
import { isFalseFriend } from './word-index.ts'
import type { WordEntry, WordKind } from './word-list.ts'

const terms = englishDataset.build()
const matcher = new RegExpMatcher(terms)

type Node = (typeof terms.blacklistedTerms)[number]['pattern']['nodes'][number]

function sourceOf(node: Node): string {
  if (node.kind === SyntaxKind.Literal) return String.fromCodePoint(...node.chars)
  if (node.kind === SyntaxKind.Optional) return `(?:${sourceOf(node.childNode)})?`
  return '.'
}

/** All patterns in one expression, to ask the slow matcher only when it will find something. */
const anyTerm = new RegExp(
  terms.blacklistedTerms
    .map(({ pattern }) => {
      const [start, end] = [pattern.requireWordBoundaryAtStart, pattern.requireWordBoundaryAtEnd]
      return `${start ? '\\b' : ''}${pattern.nodes.map(sourceOf).join('')}${end ? '\\b' : ''}`
    })
    .join('|'),
)

const usual: [kind: WordKind, weight: number] = ['vulgar', 0.61]
/** What our own lists do not weigh already. */
const weights: Record<string, [kind: WordKind, weight: number]> = {
  abeed: ['slur', 0.95],
  africoon: ['slur', 0.95],
  arabush: ['slur', 0.95],
  boonga: ['slur', 0.92],
  kike: ['slur', 0.95],
  chink: ['slur', 0.95],
  nigger: ['slur', 1],
  faggot: ['slur', 0.95],
  retard: ['slur', 0.92],
  fuck: ['obscene', 0.66],
  bitch: ['insult', 0.72],
  cunt: ['insult', 0.74],
  whore: ['insult', 0.7],
  boob: ['vulgar', 0.45],
  hooker: ['sexual', 0.45],
  incest: ['sexual', 0.45],
  negro: ['slur', 0.7],
  orgasm: ['sexual', 0.45],
  rape: ['sexual', 0.55],
  scat: ['vulgar', 0.3],
  semen: ['sexual', 0.45],
  sex: ['sexual', 0.4],
  turd: ['vulgar', 0.5],
}

export interface LibraryFind extends Word {
  entry: WordEntry
  /** Index of the word it is in. */
  at: number
}

export function libraryFinds(words: Word[]): LibraryFind[] {
  const text = words.map((word) => word.text).join(' ')
  if (!anyTerm.test(text)) return []
  let start = 0
  const starts = words.map((word) => {
    const own = start
    start += word.text.length + 1
    return own
  })
  return matcher.getAllMatches(text).flatMap((match) => {
    const at = starts.findLastIndex((start) => start <= match.startIndex)
    const word = words[at]
    const isOneWord = word && match.endIndex < (starts[at] ?? 0) + word.text.length
    if (!isOneWord || word.isAddress || isFalseFriend(word.text)) return []
    const { phraseMetadata } = englishDataset.getPayloadWithPhraseMetadata(match)
    const name = phraseMetadata?.originalWord ?? word.text
    const [kind, weight] = weights[name] ?? usual
    return [{ ...word, entry: { word: name, kind, weight }, at }]
  })
}
