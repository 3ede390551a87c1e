/** Tells by its first bytes what a file says it is. Nothing else is ever given to a decoder. */

export type PictureFormat = 'png' | 'webp' | 'gif' | 'jpeg'

const starts: [format: PictureFormat, bytes: readonly number[]][] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', [0x47, 0x49, 0x46, 0x38, 0x37, 0x61]],
  ['gif', [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
  ['jpeg', [0xff, 0xd8, 0xff]],
]

export function sniff(bytes: Uint8Array): PictureFormat | undefined {
  const known = starts.find(([, start]) => start.every((byte, at) => bytes[at] === byte))
  if (known) return known[0]
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4))
  return text(0) === 'RIFF' && text(8) === 'WEBP' ? 'webp' : undefined
}
