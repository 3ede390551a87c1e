/** A reserved seat as the bound of a person counts it: from when it is first needed. */
import { type SeatCounter, seatHeldMs, type World } from '@odeon/rooms'

/** One of the few seats that a person may hold without sitting. */
export interface HeldSeat {
  /** False when the person holds as many as allowed. */
  take(): Promise<boolean>
  giveBack(): void
}

export function heldSeat(seats: SeatCounter, userId: string, world: Pick<World, 'now'>): HeldSeat {
  let isHeld = false
  return {
    async take() {
      const now = world.now()
      isHeld ||= await seats.take(userId, now, now + seatHeldMs)
      return isHeld
    },
    giveBack() {
      if (isHeld) seats.use(userId)
      isHeld = false
    },
  }
}
