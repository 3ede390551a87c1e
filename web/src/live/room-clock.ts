/**
 * The room's clock, as far as this page can tell: how much its own is behind, out of when the room
 * said things and when they came. Whoever's computer is minutes wrong sees the right seconds.
 */
import type { LiveConnection } from '@odeon/sdk'
import { useNow } from '../frame/use-now.ts'

interface RoomClock {
  /** What came fastest was least late: the most of all. Undefined before anything came. */
  aheadMs: number | undefined
}

const clocks = new WeakMap<LiveConnection, RoomClock>()
const said = ['battle.moved', 'chat.posted', 'gift.sent', 'treasure.funded'] as const

function clockOfRoom(room: LiveConnection): RoomClock {
  const known = clocks.get(room)
  if (known) return known
  const clock: RoomClock = { aheadMs: undefined }
  clocks.set(room, clock)
  for (const event of said) {
    room.on(event, ({ at }, { replayed }) => {
      if (replayed) return
      const ahead = at - Date.now()
      clock.aheadMs = Math.max(clock.aheadMs ?? ahead, ahead)
    })
  }
  return clock
}

/** At this moment. */
export const roomNow = (room: LiveConnection): number =>
  Date.now() + (clockOfRoom(room).aheadMs ?? 0)

export function useRoomNow(room: LiveConnection, everyMs: number, isTicking = true): number {
  return useNow(everyMs, isTicking) + (clockOfRoom(room).aheadMs ?? 0)
}
