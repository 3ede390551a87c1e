/**
 * What the servers under load say: texts of 100 bytes and boards, both numbered and filled by a
 * rule, so that whoever receives one can tell whether it is whole, in order and how old.
 */
const textBytes = 100
const alphabet = 'abcdefghijklmnopqrstuvwxyz'
/**
 * Letters instead of digits, and no row of `x`: digits of any number soon spell a word that a
 * filter of words knows (`455` reads `ass`), and whoever says it is muted.
 */
const digits = 'zqvjwkhpmtrdgbyn'
const fillings = Array.from(alphabet.replace('x', 'y'), (letter) => letter.repeat(textBytes))

const inLetters = (value: bigint | number, base: 10 | 16, length: number): string =>
  Array.from(value.toString(base), (digit) => digits[Number.parseInt(digit, 16)])
    .join('')
    .padStart(length, digits[0])

const inFigures = (letters: string): string =>
  Array.from(letters, (letter) => digits.indexOf(letter).toString(16)).join('')

/** `~<number>~<stamp>~<filling>`: the stamp is when it was due, in ns of the monotonic clock. */
export function textOf(number: number, dueNs: bigint): string {
  const head = `~${inLetters(number, 10, 10)}~${inLetters(dueNs, 16, 16)}~`
  return head + (fillings[number % 26] as string).slice(head.length)
}

/** The number of a text, or NaN when it is not exactly as it was made. */
export function numberOfText(text: string): number {
  const number = Number(inFigures(text.slice(1, 11)))
  const filling = fillings[number % 26]
  const isWhole =
    text.length === textBytes && text[0] === '~' && filling !== undefined && text[28] === '~'
  return isWhole && text.slice(29) === filling.slice(29) ? number : Number.NaN
}

/** When the text was due, in ns of the monotonic clock. */
export function stampOfText(text: string): bigint {
  return BigInt(`0x${inFigures(text.slice(12, 28))}`)
}

/** `^^P<tick>^^<filling>$`, a string field that changes with every tick of the state. */
export function boardOf(tick: number, bytes: number): string {
  const letter = alphabet[tick % 26] as string
  return `^^P${String(tick).padStart(10, '0')}^^${letter.repeat(Math.max(1, bytes - 16))}$`
}

/**
 * Tick of the board in an encoded state or patch: NaN when the board is not as it was made,
 * undefined when there is none.
 */
export function tickOfBoard(encoded: Uint8Array): number | undefined {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  const at = bytes.indexOf('^^P')
  if (at < 0) return undefined
  const text = bytes.subarray(at, bytes.indexOf('$', at) + 1).toString('latin1')
  const tick = Number(text.slice(3, 13))
  return text === boardOf(tick, text.length) ? tick : Number.NaN
}
