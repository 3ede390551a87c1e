/** Reactions: six kinds, counted and summed per tick, never sent one by one (LIVE-21). */
import { z } from 'zod'
import { requestId } from '../kit/protocol.ts'

export const reactionKinds = ['heart', 'fire', 'laugh', 'clap', 'wow', 'cry'] as const
export type ReactionKind = (typeof reactionKinds)[number]

export const reactionLimits = { sendPerSecond: 10, sendBurst: 10, countMax: 10 } as const

/** `count` lets a client fold fast taps into one message. */
export const reactionSend = z.strictObject({
  requestId,
  kind: z.enum(reactionKinds),
  count: z.number().int().min(1).max(reactionLimits.countMax).default(1),
})
export type ReactionSend = z.infer<typeof reactionSend>
/** The room's total of that kind after yours. */
export interface ReactionReply {
  kind: ReactionKind
  total: number
}

export const reactionRefusals = { not_live: 'Reactions open when the stream is live.' } as const
