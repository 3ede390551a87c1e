/** When a weekly slot comes next. Slots are kept in UTC; `Intl` shows the time in any zone. */
import type { ScheduleSlot } from './channels.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const weekMs = 7 * dayMs

export interface Occurrence {
  slot: ScheduleSlot
  /** Unix ms. */
  startsAt: number
  endsAt: number
}

/** The next time a slot is on, or the one it is on now. Times in Unix ms. */
export function nextOccurrence(slot: ScheduleSlot, now: number): Occurrence {
  const midnight = Math.floor(now / dayMs) * dayMs
  // 1 January 1970 was a Thursday, and Monday is 0 here.
  const weekday = (midnight / dayMs + 3) % 7
  const lengthMs = slot.durationMinutes * minuteMs
  const thisWeek = midnight + (slot.weekday - weekday) * dayMs + slot.startMinute * minuteMs
  const startsAt = [thisWeek - weekMs, thisWeek, thisWeek + weekMs].find(
    (start) => start + lengthMs > now,
  ) as number
  return { slot, startsAt, endsAt: startsAt + lengthMs }
}

/** A schedule in the order in which its slots come up. */
export function upcoming(schedule: readonly ScheduleSlot[], now: number): Occurrence[] {
  return schedule
    .map((slot) => nextOccurrence(slot, now))
    .sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt)
}
