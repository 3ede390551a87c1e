/** The lobby and one's own room, for as long as a component is shown that wants them. */
import { useRef, useSyncExternalStore } from 'react'
import type { LobbyConnection } from '../lobby/lobby-connection.ts'
import type { MeConnection } from '../me/me-connection.ts'
import { settle } from '../room/settle.ts'
import { useOdeon, useUser } from './odeon-provider.ts'
import { lobbyLease, meLease, type RoomLease, type RoomView } from './room-lease.ts'

type RoomUseOf<Room> = RoomView<Room> & { retry: () => void }

/** Joins the lobby while the component is shown; whoever uses it shares one connection. */
export function useLobby(): RoomUseOf<LobbyConnection> {
  return useLeased(lobbyLease(useOdeon(), useUser()?.id))
}

/** Joins one's own room while the component is shown; whoever uses it shares one connection. */
export function useMe(): RoomUseOf<MeConnection> {
  return useLeased(meLease(useOdeon(), useUser()?.id))
}

function useLeased<Room extends LobbyConnection | MeConnection>(
  lease: RoomLease<Room>,
): RoomUseOf<Room> {
  const { use: subscribe } = lease
  const view = useSyncExternalStore(
    subscribe,
    () => lease.view,
    () => lease.view,
  )
  return { ...view, retry: lease.retry }
}

interface Stated<State> {
  readonly state: State
  readonly onState: (call: () => void) => () => void
}

const silent = () => () => undefined

/** What `select` picks out of a room's state; undefined without a room. Compared by content. */
export function useStateOf<State, Value>(
  room: Stated<State> | undefined,
  select: (state: State) => Value,
): Value | undefined {
  const last = useRef<Value | undefined>(undefined)
  const read = () => {
    if (room !== undefined) last.current = settle(select(room.state), last.current)
    return room === undefined ? undefined : last.current
  }
  return useSyncExternalStore(room?.onState ?? silent, read, read)
}
