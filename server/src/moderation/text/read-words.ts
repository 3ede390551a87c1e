/** A folded text cut into words: plain ones, and what signs, blanks and splitting may hide. */
import { type Folded, foldText } from './fold-text.ts'
import { leetLetters } from './lookalikes.ts'

export interface Word {
  text: string
  /** Places in the original: first character, and one past the last character's first unit. */
  from: number
  to: number
  /** Written so that it is not found as it stands. */
  isDisguised: boolean
  /** Part of an address: looked up, never joined with others. */
  isAddress: boolean
}

/** A way to read a stretch of the text, beside the plain one. */
export interface Reading extends Word {
  /** Index of the first plain word at whose place it stands, and of the one behind the last. */
  at: number
  until: number
  /** `text` holds `*` where any letter may be. */
  isMasked: boolean
}

export interface TextWords {
  words: Word[]
  readings: Reading[]
  /** Whether somebody is addressed by `@name`. */
  hasMention: boolean
  /** Characters read and words compared so far: what the text costs. */
  steps: number
}

export const readLimits = {
  /** A longer stretch without a blank is cut; no expression below meets more at a time. */
  chunkCharsMax: 100,
  /** From here on, a stretch that is half of digits is an id: its digits stand for no letters. */
  idCharsMin: 8,
  /** Letters between the digits of an id that are still read as a word. */
  idWordCharsMin: 3,
} as const

const address =
  /:\/\/|^www\.|@[a-z0-9.-]+\.[a-z]{2,}$|\.(com|org|net|io|gov|edu|tv|gg|app|dev|np|in)(\/|$)/
const shortForm = /'(re|ll|t|s|m|d|ve)$/
const letter = /[a-z\p{Script=Devanagari}]/u
const notLetters = /[^a-z\p{Script=Devanagari}]/gu
const masks = /[*#%&?_^~.-]/

export function readWords(original: string): TextWords {
  const folded = foldText(original)
  const read: TextWords = { words: [], readings: [], hasMention: false, steps: folded.text.length }
  let start = 0
  for (let at = 0; at <= folded.text.length; at += 1) {
    if (at < folded.text.length && folded.text[at] !== ' ') continue
    for (; start < at; start += readLimits.chunkCharsMax) {
      readChunk(read, folded, start, Math.min(at, start + readLimits.chunkCharsMax))
    }
    start = at + 1
  }
  return read
}

function readChunk(read: TextWords, folded: Folded, start: number, end: number): void {
  const chunk = folded.text.slice(start, end)
  const cut = (from: number, to: number): Word => ({
    text: folded.text.slice(from, to),
    from: folded.from[from] ?? 0,
    to: folded.from[to] ?? folded.end,
    isDisguised: folded.hasInvisible || folded.isDisguised.slice(from, to).includes(true),
    isAddress: false,
  })
  if (/^[a-z]+$/.test(chunk)) {
    read.words.push(cut(start, end))
    return
  }
  const isAddress = address.test(chunk)
  const first = read.words.length
  const firstReading = read.readings.length
  read.steps += chunk.length
  if (chunk.startsWith('@') && /^@[a-z0-9_]{3,}[,.:!?]*$/.test(chunk)) {
    read.hasMention = true
    readDressed(read, chunk, cut(start, end), first)
    return
  }
  const short = shortForm.exec(chunk.replace(/[^a-z]+$/, ''))
  const stop = short ? start + short.index : end
  if (short === null && /[a-z]'[a-z]/.test(chunk)) {
    const whole = {
      ...cut(start, end),
      isDisguised: true,
      at: first,
      until: first,
      isMasked: false,
    }
    read.readings.push({ ...whole, text: chunk.replaceAll(notLetters, '') })
  }
  const isId = isIdLike(chunk)
  const isLeet = !isAddress && !isId && /[a-z][0-9]|[0-9][a-z]/.test(chunk)
  if (isLeet) {
    const plain = [...chunk].map((sign) => leetLetters[sign] ?? sign).join('')
    const text = plain.replaceAll(/[^a-z]/g, '')
    read.words.push({ ...cut(start, end), text, isDisguised: true })
  }
  for (let from = isLeet ? stop : start; from < stop; from += 1) {
    if (!letter.test(folded.text[from] ?? '')) continue
    let to = from + 1
    while (to < stop && letter.test(folded.text[to] ?? '')) to += 1
    const isRead = !isId || to - from >= readLimits.idWordCharsMin
    if (isRead) read.words.push({ ...cut(from, to), isAddress })
    from = to
  }
  if (!isAddress && !isId) readDressed(read, chunk, cut(start, end), first)
  for (let index = firstReading; index < read.readings.length; index += 1) {
    const reading = read.readings[index]
    if (reading) reading.until = read.words.length
  }
}

/** Numbers of orders, commits and machines: `fa6d004e`. A word written with digits has fewer. */
function isIdLike(chunk: string): boolean {
  const letters = chunk.replaceAll(/[^a-z0-9]/g, '')
  const digits = letters.replaceAll(/[^0-9]/g, '')
  return letters.length >= readLimits.idCharsMin && digits.length * 2 >= letters.length
}

/** Digits and signs read as letters, and signs read as any letter. */
function readDressed(read: TextWords, chunk: string, whole: Word, at: number): void {
  const core = chunk.replace(
    /^[^a-z0-9@$(|\p{Script=Devanagari}]+|[^a-z0-9$\p{Script=Devanagari}]+$/gu,
    '',
  )
  if (core.length < 2 || !letter.test(core)) return
  const reading = { ...whole, at, isDisguised: true, isMasked: false, until: at }
  if (/[0-9@$!|+(<]/.test(core)) {
    const letters = [...core].map((sign) => leetLetters[sign] ?? sign).join('')
    for (const text of new Set([letters, withL(core, letters), core.replace(/[0-9]+$/, '')])) {
      const bare = text.replaceAll(notLetters, '')
      if (bare.length >= 2) read.readings.push({ ...reading, text: bare })
    }
  }
  if (masks.test(core) && core.length <= 16) {
    const masked = core.replaceAll(/[^a-z]/g, '*')
    if (/^[a-z].*[a-z]/.test(masked))
      read.readings.push({ ...reading, text: masked, isMasked: true })
    const bare = core.replaceAll(notLetters, '')
    read.readings.push({ ...reading, text: bare })
  }
}

const withL = (core: string, letters: string): string =>
  [...letters].map((sign, index) => (/[1!|]/.test(core[index] ?? '') ? 'l' : sign)).join('')
