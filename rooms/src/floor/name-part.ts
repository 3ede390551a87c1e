/** Parts of names for connections to the media: nobody who sees one learns what it stands for. */
import { createHash } from 'node:crypto'

/** The same in every process. */
export function namePart(text: string, characters: number): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 24)
  return BigInt(`0x${hash}`).toString(36).padStart(characters, '0').slice(-characters)
}
