/** Being in a room for as long as a component is shown. */
import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import { useOdeon, useUser } from './odeon-provider.ts'
import { leaseOf, type RoomLease, type RoomView } from './room-lease.ts'

const RoomContext = createContext<RoomLease | undefined>(undefined)

/** What is known of the room, and how to try again after a failed join. */
export type RoomUse = RoomView & { retry: () => void }

/** Joins the room of a stream and gives it to the hooks below. */
export function RoomProvider({ streamId, children }: { streamId: string; children?: ReactNode }) {
  const lease = useLease(streamId)
  return createElement(RoomContext.Provider, { value: lease }, children)
}

/**
 * Joins the room of a stream while the component is shown; without `streamId`, the room of the
 * nearest `RoomProvider`. Components that use the same room share one connection.
 */
export function useRoom(streamId?: string): RoomUse {
  const lease = useLease(streamId)
  const { use: subscribe } = lease
  const view = useSyncExternalStore(
    subscribe,
    () => lease.view,
    () => lease.view,
  )
  return { ...view, retry: lease.retry }
}

function useLease(streamId: string | undefined): RoomLease {
  const odeon = useOdeon()
  const user = useUser()
  const given = useContext(RoomContext)
  if (streamId !== undefined) return leaseOf(odeon, streamId, user?.id)
  if (given === undefined) throw new Error('Name a stream, or put a <RoomProvider> around it.')
  return given
}
