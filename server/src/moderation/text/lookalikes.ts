/** Characters that look like a letter, and the letter. What NFKD takes apart is not listed. */

/** Pairs of a Latin letter and what passes for it: Cyrillic, Greek, small capitals, others. */
const pairs: [letter: string, lookalikes: string][] = [
  ['a', 'аӑӓαɑᴀⱥɐ∀Λ'],
  ['b', 'вьЬβʙɓƀ฿'],
  ['c', 'сϲᴄƈȼ¢©ςↄ'],
  ['d', 'ԁɗđᴅժ∂'],
  ['e', 'еєэεёᴇɇ€ɛ℮∑'],
  ['f', 'ƒꜰғϝ'],
  ['g', 'ɡɢցԍɠ'],
  ['h', 'һнʜհħɦℏ'],
  ['i', 'іїɪιıɨ¡ӏ'],
  ['j', 'јʝᴊɉ'],
  ['k', 'кκᴋƙқҝ'],
  ['l', 'ʟłƚӀ£ⅼ'],
  ['m', 'мᴍɱ'],
  ['n', 'пηɴռñиνո'],
  ['o', 'оοσøᴏօθɵ०○◯'],
  ['p', 'рρᴘƥþ'],
  ['q', 'ԛգϙ'],
  ['r', 'гʀɍɾяᴦ®'],
  ['s', 'ѕꜱʂ§ꙅ'],
  ['t', 'тτᴛŧƭ†'],
  ['u', 'υᴜսʉц∪μ'],
  ['v', 'ѵᴠ∨ⱱ'],
  ['w', 'ѡωᴡшщԝ'],
  ['x', 'хχ×ҳ'],
  ['y', 'уүγʏɏч¥'],
  ['z', 'ᴢƶʐȥ'],
]

/** By code point: the letter something looks like. */
export const lookalikes = new Map<number, string>(
  pairs.flatMap(([letter, others]) => [...others].map((other) => [codeOf(other), letter] as const)),
)
for (let index = 0; index < 26; index += 1) {
  const letter = String.fromCharCode(97 + index)
  // Regional indicators, and the negative circled and squared capitals, which NFKD leaves alone.
  for (const first of [0x1f1e6, 0x1f150, 0x1f170]) lookalikes.set(first + index, letter)
}

/** Digits and signs written for letters; `1`, `!` and `|` stand for `i` or `l`. */
export const leetLetters: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
  '(': 'c',
  '<': 'c',
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
