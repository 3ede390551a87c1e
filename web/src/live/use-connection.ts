/** How the room's connection stands, as React sees it. */
import type { LiveConnection } from '@odeon/sdk'
import { useCallback, useMemo, useSyncExternalStore } from 'react'

export interface ConnectionView {
  status: LiveConnection['connection']
  /** Unix ms of the next try; undefined while one is under way. */
  retryAtMs: number | undefined
  because: LiveConnection['closeReason']
}

export function useConnection(room: LiveConnection): ConnectionView {
  const subscribe = useCallback((changed: () => void) => room.onConnection(changed), [room])
  // One string a view, so that React can tell whether anything changed.
  const facts = useSyncExternalStore(
    subscribe,
    () => `${room.connection} ${room.nextAttemptAt ?? ''} ${room.closeReason ?? ''}`,
  )
  return useMemo(() => {
    void facts
    return { status: room.connection, retryAtMs: room.nextAttemptAt, because: room.closeReason }
  }, [room, facts])
}
