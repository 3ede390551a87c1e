/** The rooms that are open, the fullest first, as they are at this moment. */
import type { RoomMeasures } from '@odeon/rooms'
import { adminLimits, type AdminRoom } from './protocol.ts'

/** What is asked of an open room; one that says nothing of itself is left out. */
export interface MeasuredRoom {
  measure?(): RoomMeasures | null
  /** Of another shape in rooms of other kinds. */
  readonly state?: unknown
}

interface LiveFacts {
  title?: string
  channel?: string
  metrics?: { messagesPerMinute?: number }
  viewerCount?: number
}

export function listRooms(rooms: readonly MeasuredRoom[]): AdminRoom[] {
  return fullestFirst(
    rooms.flatMap((room) => {
      const measures = room.measure?.() ?? null
      return measures === null ? [] : [view(measures, room.state ?? {})]
    }),
  )
}

export function fullestFirst(rooms: readonly AdminRoom[]): AdminRoom[] {
  return rooms
    .toSorted((a, b) => b.clients - a.clients || a.since - b.since)
    .slice(0, adminLimits.roomsMax)
}

function view(measures: RoomMeasures, facts: LiveFacts): AdminRoom {
  const { title, channel, metrics, viewerCount } = facts
  const { entriesPerMinute, ...rest } = measures
  return {
    ...rest,
    title: title ?? null,
    channel: channel ?? null,
    viewers: viewerCount ?? 0,
    messagesPerMinute: metrics?.messagesPerMinute ?? entriesPerMinute,
  }
}
