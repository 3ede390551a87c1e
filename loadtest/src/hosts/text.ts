/**
 * What the servers under load say: texts of 100 bytes and boards, both numbered and filled by a
 * rule, so that whoever receives one can tell whether it is whole, in order and how old.
 */
const textBytes = 100
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

const fillings = [...alphabet].map((letter) => letter.repeat(textBytes))

/** `~<number>~<stamp>~<filling>`: the stamp is when it was due, in ns of the monotonic clock. */
export function textOf(number: number, dueNs: bigint): string {
  const head = `~${String(number).padStart(10, '0')}~${dueNs.toString(16).padStart(16, '0')}~`
  return head + (fillings[number % 26] as string).slice(head.length)
}

/** The number of a text, or NaN when it is not exactly as it was made. */
export function numberOfText(text: string): number {
  const number = Number(text.slice(1, 11))
  const filling = fillings[number % 26]
  const isWhole =
    text.length === textBytes && text[0] === '~' && filling !== undefined && text[28] === '~'
  return isWhole && text.slice(29) === filling.slice(29) ? number : Number.NaN
}

/** `^^P<tick>^^<filling>$`, a string field that changes with every tick of the state. */
export function boardOf(tick: number, bytes: number): string {
  const letter = alphabet[tick % 26] as string
  return `^^P${String(tick).padStart(10, '0')}^^${letter.repeat(Math.max(1, bytes - 16))}$`
}
