/** A part of the room's state that re-renders only when it changes. */
import type { LiveConnection, LiveSnapshot } from '@odeon/sdk'
import { useSyncExternalStore } from 'react'

/** `select` must pick what is there, not build something new. */
export function useRoomState<Value>(
  room: LiveConnection,
  select: (state: LiveSnapshot) => Value,
): Value {
  return useSyncExternalStore(room.onState, () => select(room.state))
}
