/** One or two letters that stand for a person, in whatever script the name is written. */

/** Scripts whose letters stand alone; letters of the others join, stack or carry signs. */
const standsAlone = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u
const opening = /^[^\p{L}\p{N}\p{Emoji_Presentation}\p{Extended_Pictographic}]+/u
const nothing = '·'

/** A letter as readers see one: मा with its vowel, a family emoji with everybody in it. */
const readersLetters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function firstLetter(word: string): string {
  for (const { segment } of readersLetters.segment(word)) return segment
  return ''
}

export function initialsOf(name: string): string {
  const letters = name
    .normalize('NFC')
    .split(/[\s_.-]+/u)
    .map((word) => firstLetter(word.replace(opening, '')))
    .filter(Boolean)
  const [first = nothing, second] = letters
  const isPair = second !== undefined && standsAlone.test(first) && standsAlone.test(second)
  return (isPair ? first + second : first).toLocaleUpperCase()
}
