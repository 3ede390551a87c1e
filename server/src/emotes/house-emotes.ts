/** Emotes that every channel has; they are drawn once, when the first server starts. */
import { createHash } from 'node:crypto'
import type { Media } from '../media/media.ts'
import { houseDrawings } from './house-drawings.ts'
import type { EmoteView } from './protocol.ts'

/** Another drawing of the same code has another id, so nobody sees the old one from a cache. */
const idOf = (drawing: string) =>
  createHash('sha256').update('house').update(drawing).digest('hex').slice(0, 32)

export const houseEmotes: readonly EmoteView[] = Object.entries(houseDrawings).map(
  ([code, drawing]) => ({ code, id: idOf(drawing), isAnimated: false, isHouse: true }),
)

export const isHouseCode = (code: string) => Object.hasOwn(houseDrawings, code)

export async function drawHouseEmotes(media: Pick<Media, 'draw'>): Promise<void> {
  for (const drawing of Object.values(houseDrawings)) {
    await media.draw('emote', idOf(drawing), drawing)
  }
}
