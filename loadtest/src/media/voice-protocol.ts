/** What the bench of voices tells a process full of people, and what that answers. */
import { z } from 'zod'

const who = z.number().int().nonnegative()

export const voiceCommand = z.discriminatedUnion('do', [
  /** Comes into the room and its media. */
  z.object({ do: z.literal('come'), who, url: z.string(), roomId: z.string() }),
  /** Takes the seat it was invited to and publishes a microphone, silent so far. */
  z.object({ do: z.literal('sit'), who }),
  z.object({ do: z.literal('talk') }),
  z.object({ do: z.literal('listen'), who, identity: z.string() }),
  /** How many are connected, and how many of them were given a voice. */
  z.object({ do: z.literal('count') }),
])
export type VoiceCommand = z.infer<typeof voiceCommand>

export const voiceAnswer = z.object({
  seq: z.number(),
  error: z.optional(z.string()),
  userId: z.optional(z.string()),
  identity: z.optional(z.string()),
  connected: z.optional(z.number()),
  hearing: z.optional(z.number()),
})
export type VoiceAnswer = z.infer<typeof voiceAnswer>
