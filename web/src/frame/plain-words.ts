/**
 * What people wrote about themselves, without what steers a reader's eye: direction overrides that
 * make text read backwards, and letters of no width that hide words. What joins letters within a
 * word (Devanagari, emoji) stays.
 */
const steering =
  /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f\ufeff\u00ad\u180e]/gu
const looseJoiner =
  /(?<![\p{L}\p{M}\p{Emoji}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Emoji}])/gu

export function plainWords(text: string): string {
  return text.replace(steering, '').replace(looseJoiner, '')
}
