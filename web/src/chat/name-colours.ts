/**
 * The colour of a person's name: hashed from the id, so it is the same everywhere and for ever.
 * Each pair is [on paper, in the house] and passes AAA (7:1) on the grounds chat is shown on.
 */
export const nameColours = [
  ['#8f1d1d', '#ff9c9c'],
  ['#8a2f00', '#ffa87a'],
  ['#6f4300', '#ffbd5c'],
  ['#575000', '#e3cf4f'],
  ['#3b5800', '#b9dc5a'],
  ['#0f5f1f', '#7fe08c'],
  ['#005c47', '#5fe0b8'],
  ['#00585f', '#56dbe0'],
  ['#00527d', '#74cdff'],
  ['#0f469e', '#9fc0ff'],
  ['#4636a8', '#bcb3ff'],
  ['#662b9c', '#d5aaff'],
  ['#831f83', '#f29cf2'],
  ['#8f1759', '#ff9fcb'],
] as const

/** Gold, for whoever has it by their tier; as legible as the others. */
export const tierColour = `light-dark(${nameColours[2][0]}, ${nameColours[2][1]})`

/** FNV-1a, 32 bits: small, and spreads short ids well. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

export function namePair(id: string): readonly [string, string] {
  return nameColours[hashOf(id) % nameColours.length] ?? nameColours[0]
}

/** As a CSS value that follows the theme. */
export function nameColour(id: string): string {
  const [paper, house] = namePair(id)
  return `light-dark(${paper}, ${house})`
}
