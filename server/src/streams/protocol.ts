/** What a stream looks like over HTTP and what its maker may say of it (LIVE-02…04). */
import {
  liveLimits,
  problem,
  reactionKinds,
  streamMedia,
  streamPhases,
} from '@odeon/rooms/protocol'
import { z } from 'zod'
import { category, language, plainLine } from '../channels/protocol.ts'
import { isDecent } from '../moderation/text/decent.ts'
import { uuid } from '../platform/http/ids.ts'

export const streamLimits = {
  /** Streams made and never started, per channel; the oldest makes room for the next. */
  pendingMax: 5,
  pageMax: 100,
  /** A live stream that gave no sign for this long was left behind by a crash. */
  abandonedAfterMs: 15 * 60_000,
} as const

export const newStream = z.strictObject({
  title: plainLine(liveLimits.titleCharsMax).refine(isDecent, problem('indecent')),
  category: category.nullable().optional(),
  language: language.nullable().optional(),
  medium: z.enum(streamMedia).optional().describe('`audio` makes a room of voices'),
  film: z.boolean().optional().describe('whether it is filmed; else as the server is set'),
})
export type NewStream = z.output<typeof newStream>

export const streamNumbers = z.object({
  durationMs: z.number(),
  viewersPeak: z.number(),
  viewersAverage: z.number(),
  viewersUnique: z.number(),
  watchMinutes: z.number(),
  messages: z.number(),
  chatters: z.number(),
  reactions: z.number(),
  reactionsByKind: z.record(z.enum(reactionKinds), z.number()),
  joinsPerMinute: z.array(z.number()),
  newFollows: z.number().optional(),
  coins: z.number().optional(),
})

/** Times in Unix ms, null until they happen; numbers only of a stream that has ended. */
export const streamView = z.object({
  id: uuid,
  title: z.string(),
  category: category.nullable(),
  language: z.string().nullable(),
  medium: z.enum(streamMedia),
  phase: z.enum(streamPhases),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  channel: z.object({
    id: uuid,
    handle: z.string(),
    name: z.string(),
    /** Path on this server of the picture at its largest, or null. */
    avatarUrl: z.string().nullable(),
  }),
  hostId: uuid,
  viewers: z.number().int(),
  numbers: streamNumbers.optional(),
})
export type StreamView = z.output<typeof streamView>
