/** A fact of a room's media that re-renders only when it changes. */
import type { RoomMedia } from '@odeon/sdk'
import { useCallback, useSyncExternalStore } from 'react'

/** `pick` must pick what is there, not build something new. */
export function useMediaFact<Value>(media: RoomMedia, pick: (media: RoomMedia) => Value): Value {
  const subscribe = useCallback((call: () => void) => media.on('changed', call), [media])
  return useSyncExternalStore(subscribe, () => pick(media))
}
