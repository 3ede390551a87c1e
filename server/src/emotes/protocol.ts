/** Emotes of a channel: shapes and bounds. */
import { chatLimits, problem } from '@odeon/rooms/protocol'
import { z } from 'zod'

export const emoteLimits = {
  /** Of a channel's own. */
  ownMax: chatLimits.emotesMax,
} as const

export const emoteCode = z
  .string()
  .regex(
    new RegExp(`^[a-z0-9_]{2,${chatLimits.emoteCodeCharsMax}}$`),
    problem('username', { min: 2, max: chatLimits.emoteCodeCharsMax }),
  )

export const emoteView = z.object({
  code: z.string(),
  /** Its picture is /v1/media/<id>-28.webp, -56.webp and -112.webp. */
  id: z.string(),
  isAnimated: z.boolean(),
  /** Drawn by the house, there in every channel. */
  isHouse: z.boolean(),
})
export type EmoteView = z.output<typeof emoteView>
