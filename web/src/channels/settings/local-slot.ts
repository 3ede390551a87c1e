/** A weekly slot at somebody's own time, and the same one in UTC. */
import type { ScheduleSlot } from '@odeon/sdk'

export interface LocalSlot {
  /** 0 is Monday, in the owner's zone. */
  weekday: number
  /** `20:30` */
  time: string
  durationMinutes: number
  title: string
}

const dayMinutes = 1_440
const weekMinutes = 7 * dayMinutes
const two = (value: number) => String(value).padStart(2, '0')
const within = (minutes: number) => ((minutes % weekMinutes) + weekMinutes) % weekMinutes

/** `offsetMinutes` is how far the zone is ahead of UTC. */
export function localOf(slot: ScheduleSlot, offsetMinutes: number): LocalSlot {
  const at = within(slot.weekday * dayMinutes + slot.startMinute + offsetMinutes)
  const minute = at % dayMinutes
  return {
    weekday: Math.floor(at / dayMinutes),
    time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
    durationMinutes: slot.durationMinutes,
    title: slot.title,
  }
}

export function inUtc(slot: LocalSlot, offsetMinutes: number): ScheduleSlot {
  const [hours = 0, minutes = 0] = slot.time.split(':').map(Number)
  const at = within(slot.weekday * dayMinutes + hours * 60 + minutes - offsetMinutes)
  return {
    weekday: Math.floor(at / dayMinutes),
    startMinute: at % dayMinutes,
    durationMinutes: slot.durationMinutes,
    title: slot.title,
  }
}
