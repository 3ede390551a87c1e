/** A live stream's room: its phases and the two commands that move it (LIVE-02…04, 23, 24). */
import { z } from 'zod'
import { plainText } from '../chat/protocol.ts'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'
import type { ReactionKind } from '../reactions/protocol.ts'

export const streamPhases = ['pending', 'live', 'ended'] as const
export type StreamPhase = (typeof streamPhases)[number]

/** What a stream is made of: pictures and sound, or a room of voices. */
export const streamMedia = ['video', 'audio'] as const
export type StreamMedium = (typeof streamMedia)[number]

export const categories = ['music', 'gaming', 'talk', 'learn', 'art', 'sport', 'local'] as const
export type Category = (typeof categories)[number]

export const liveLimits = {
  viewersMax: 19_000,
  /** Seats on the floor: the host's and those of guests. */
  seatsMax: 12,
  titleCharsMax: 140,
} as const

export const streamStart = z.strictObject({ requestId })
export const streamEnd = z.strictObject({ requestId })

/** Host: another title or category, also while live. Null takes the category away. */
export const streamUpdate = z.strictObject({
  requestId,
  title: plainText({ charsMax: liveLimits.titleCharsMax }).optional(),
  category: z.enum(categories).nullable().optional(),
})
export type StreamUpdate = z.infer<typeof streamUpdate>

/** `stream.updated`, also the reply to `stream.update`; the state holds the same. */
export interface StreamUpdated extends Entry {
  by: Person
  title: string
  category: Category | null
}

/** `stream.started` and `stream.ended`, also the replies to `stream.start` and `stream.end`. */
export interface StreamStarted extends Entry {
  by: Person
}
export interface StreamEnded extends Entry {
  /** Who ended it, by role only; `absence` when nobody led any more. */
  by: 'host' | 'staff' | 'absence'
  numbers: StreamNumbers
}

/** What a stream came to, computed at its end (LIVE-26). Times in ms unless named. */
export interface StreamNumbers {
  durationMs: number
  viewersPeak: number
  viewersAverage: number
  viewersUnique: number
  watchMinutes: number
  messages: number
  chatters: number
  reactions: number
  reactionsByKind: Record<ReactionKind, number>
  /** Joins in each minute since the start, at most 24 h of them. */
  joinsPerMinute: number[]
  /** Follows of the channel that began while it was live and hold; counted at its end. */
  newFollows?: number
  /** What gifts came to, by the ledger; counted at its end. */
  coins?: number
}

export const liveRefusals = {
  wrong_phase: 'The stream is not in a state that allows this.',
} as const
