/** `@odeon/sdk/react`: rooms in React, over `useSyncExternalStore`. */
export { OdeonProvider, useOdeon, useUser } from './react/odeon-provider.ts'
export { useLobby, useMe, useStateOf } from './react/use-house-rooms.ts'
export {
  type ReplayView,
  useReplay,
  useReplayPosition,
  useReplayStatus,
} from './react/use-replay.ts'
export type { RoomView } from './react/room-lease.ts'
export { RoomProvider, useRoom, type RoomUse } from './react/use-room.ts'
export {
  useOutbox,
  useRoomConnection,
  useRoomEntries,
  useRoomEvent,
  useRoomState,
} from './react/use-room-parts.ts'
