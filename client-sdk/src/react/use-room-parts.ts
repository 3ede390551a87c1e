/** Parts of the room given by the nearest `RoomProvider`, each drawn again only when it changes. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { LiveEvents } from '@odeon/rooms/protocol'
import type { LiveConnection, LiveSnapshot } from '../live/live-connection.ts'
import type { Discontinuity } from '../room/log-merger.ts'
import type { LogItem } from '../room/log-view.ts'
import type { OutboxItem } from '../room/outbox.ts'
import { settle } from '../room/settle.ts'
import type { EventListener } from '../room/room-connection.ts'
import type { ConnectionStatus } from '../room/room-link.ts'
import { useRoom } from './use-room.ts'

const nothing: readonly never[] = []
const silent = () => () => undefined

/**
 * What `select` picks out of the room's state; undefined until the room is joined. Selectors may
 * build arrays and objects: these are compared by content.
 */
export function useRoomState<Value>(select: (state: LiveSnapshot) => Value): Value | undefined {
  const { room } = useRoom()
  const last = useRef<Value | undefined>(undefined)
  const read = () => {
    if (room !== undefined) last.current = settle(select(room.state), last.current)
    return room === undefined ? undefined : last.current
  }
  return useSyncExternalStore(room?.onState ?? silent, read, read)
}

/**
 * Calls back for every event of that name from now on, in order. For a list to draw, which must
 * hold the history too, use `useRoomEntries`.
 */
export function useRoomEvent<Type extends keyof LiveEvents>(
  event: Type,
  listener: EventListener<LiveEvents, Type>,
): void
export function useRoomEvent(event: 'discontinuity', listener: (gap: Discontinuity) => void): void
export function useRoomEvent(event: string, listener: (...told: never[]) => void): void {
  const { room } = useRoom()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (room === undefined) return undefined
    const on = room.on.bind(room) as (
      event: string,
      listener: (...told: never[]) => void,
    ) => () => void
    return on(event, (...told) => latest.current(...told))
  }, [room, event])
}

/** The newest entries of the log, history included, oldest first. */
export function useRoomEntries(): readonly LogItem<LiveEvents>[] {
  const { room } = useRoom()
  const read = () => room?.entries ?? nothing
  return useSyncExternalStore(room?.onEntries ?? silent, read, read)
}

/** Commands without an answer yet, to show what is not sent. */
export function useOutbox(): readonly OutboxItem[] {
  const { room } = useRoom()
  const read = () => room?.outbox ?? nothing
  return useSyncExternalStore(room?.onOutbox ?? silent, read, read)
}

export interface RoomConnectionView {
  connection: ConnectionStatus | 'joining'
  /** Unix ms of the next try to come back; undefined while live, or while trying. */
  nextAttemptAt: number | undefined
  closeReason: string | undefined
}

/** How the connection stands, for a strip that tells people. */
export function useRoomConnection(): RoomConnectionView {
  const { room } = useRoom()
  const last = useRef<RoomConnectionView | undefined>(undefined)
  const read = () => (last.current = settle(viewOf(room), last.current))
  return useSyncExternalStore(room?.onConnection ?? silent, read, read)
}

function viewOf(room: LiveConnection | undefined): RoomConnectionView {
  if (room === undefined) {
    return { connection: 'joining', nextAttemptAt: undefined, closeReason: undefined }
  }
  const { connection, nextAttemptAt, closeReason } = room
  return { connection, nextAttemptAt, closeReason }
}
