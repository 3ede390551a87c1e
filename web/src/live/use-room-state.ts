/** A part of the room's state that re-renders only when it changes. */
import type { LiveConnection, LiveSnapshot } from '@odeon/sdk'
import { useCallback, useSyncExternalStore } from 'react'

/** `select` must pick what is there, not build something new. */
export function useRoomState<Value>(
  room: LiveConnection,
  select: (state: LiveSnapshot) => Value,
): Value {
  const subscribe = useCallback(
    (changed: () => void) => room.onChange((state) => state, changed),
    [room],
  )
  return useSyncExternalStore(subscribe, () => select(room.state))
}
