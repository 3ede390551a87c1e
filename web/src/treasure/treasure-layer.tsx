/** Over the stage of a live page, and at the desk: the treasure box, fetched when there is one. */
import type { LiveConnection } from '@odeon/sdk'
import { later } from '../frame/later.tsx'
import { useTreasure } from './use-treasure.ts'

const TreasureCard = later(async () => (await import('./treasure-parts.ts')).TreasureCard)

export function TreasureLayer({ room }: { room: LiveConnection }) {
  const box = useTreasure(room)
  return box ? <TreasureCard key={box.id} room={room} box={box} /> : null
}
