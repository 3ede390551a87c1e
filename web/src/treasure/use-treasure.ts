/** The treasure box of a room while there is one to be seen. */
import type { LiveConnection, LiveSnapshot } from '@odeon/sdk'
import { useRoomState } from '../live/use-room-state.ts'

export type TreasureNow = NonNullable<LiveSnapshot['treasure']>

export function useTreasure(room: LiveConnection): TreasureNow | undefined {
  return useRoomState(room, ({ treasure }) => (treasure?.phase === 'none' ? undefined : treasure))
}
