/** Emotes of a channel: shapes and bounds. */
import { chatLimits } from '@odeon/rooms/protocol'
import { z } from 'zod'

export const emoteLimits = {
  /** Of a channel's own. */
  ownMax: chatLimits.emotesMax,
} as const

export const emoteCode = z
  .string()
  .regex(
    new RegExp(`^[a-z0-9_]{2,${chatLimits.emoteCodeCharsMax}}$`),
    `Use 2 to ${chatLimits.emoteCodeCharsMax} of a–z, 0–9 and _.`,
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
