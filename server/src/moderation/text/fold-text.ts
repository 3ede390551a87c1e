/** Folding: a text as plain small letters, whatever its letters were dressed up as, with places. */
import { lookalikes } from './lookalikes.ts'

export const foldLimits = {
  /** Text past this is not scored; nothing people may say in a room is that long. */
  charsMax: 4_000,
  /** A letter repeated more often than this in a row counts as repeated this often. */
  runMax: 3,
  /** Folded characters remembered. */
  cacheMax: 4_096,
} as const

export interface Folded {
  /** Small letters, Devanagari, digits, signs; blanks are one space each. */
  text: string
  /** Of each character in `text`: where it came from in the original. */
  from: number[]
  /** Where what was read of the original ends. */
  end: number
  /** Of each character in `text`: whether it was another letter's lookalike. */
  isDisguised: boolean[]
  /** Whether invisible characters stood between letters. */
  hasInvisible: boolean
}

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const blank = /[\s\u2800]/u
const devanagari = /\p{Script=Devanagari}/u
const nukta = '\u093c'
const cache = new Map<number, string>()

export function foldText(original: string): Folded {
  const end = Math.min(original.length, foldLimits.charsMax)
  const folded: Folded = { text: '', from: [], end, isDisguised: [], hasInvisible: false }
  let last = ''
  let run = 0
  for (let at = 0; at < end; ) {
    const code = original.codePointAt(at) ?? 0
    const pieces = code < 0x80 ? asciiOf(code) : foldCharacter(code)
    if (pieces === '' && code > 0xff && invisible.test(String.fromCodePoint(code))) {
      folded.hasInvisible = true
    }
    for (const piece of pieces) {
      run = piece === last ? run + 1 : 1
      last = piece
      if (run > foldLimits.runMax) continue
      folded.text += piece
      folded.from.push(at)
      folded.isDisguised.push(code >= 0x80 && piece >= 'a' && piece <= 'z')
    }
    at += code > 0xffff ? 2 : 1
  }
  return folded
}

const ascii = Array.from({ length: 0x80 }, (_, code) =>
  code < 0x20 || code === 0x7f ? ' ' : String.fromCharCode(code).toLowerCase(),
)
const asciiOf = (code: number): string => ascii[code] ?? ' '

/** Bounded by a character's own decomposition: at most 18 characters (NFKD). */
function foldCharacter(code: number): string {
  const known = cache.get(code)
  if (known !== undefined) return known
  const folded = [...String.fromCodePoint(code).normalize('NFKD')].map(foldPiece).join('')
  if (cache.size >= foldLimits.cacheMax) cache.clear()
  cache.set(code, folded)
  return folded
}

function foldPiece(piece: string): string {
  if (invisible.test(piece)) return ''
  if (blank.test(piece)) return ' '
  if (piece === '\u2019' || piece === '\u02bc') return "'"
  if (devanagari.test(piece)) return piece === nukta ? '' : piece
  if (/\p{M}/u.test(piece)) return ''
  const code = piece.codePointAt(0) ?? 0
  const twin = lookalikes.get(code) ?? lookalikes.get(piece.toLowerCase().codePointAt(0) ?? 0)
  return (twin ?? piece).toLowerCase()
}
