/** Settings of what encoders send to: the public addresses of LiveKit's ingress service. */
import { z } from 'zod'
import type { EncoderProtocol } from './protocol.ts'

/** Where encoders send by which protocol; absent ones are not offered. */
export type EncoderAddresses = Partial<Record<EncoderProtocol, string>>

const speaks = (text: string, scheme: RegExp) =>
  URL.canParse(text) && scheme.test(new URL(text).protocol)

const shape = {
  LIVEKIT_RTMP_URL: z
    .string()
    .refine((text) => speaks(text, /^rtmps?:$/), 'an address such as rtmps://live.example/live')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  LIVEKIT_WHIP_URL: z
    .string()
    .refine((text) => speaks(text, /^https?:$/), 'an address such as https://live.example/whip')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
}

type Given = z.output<z.ZodObject<typeof shape>> & { LIVEKIT_URL?: string | undefined }

function missing({ LIVEKIT_RTMP_URL, LIVEKIT_WHIP_URL, LIVEKIT_URL }: Given): string[] {
  const isOffered = LIVEKIT_RTMP_URL !== undefined || LIVEKIT_WHIP_URL !== undefined
  if (!isOffered || LIVEKIT_URL !== undefined) return []
  return ['LIVEKIT_URL: expected with addresses of its ingress service']
}

const from = ({ LIVEKIT_RTMP_URL: rtmp, LIVEKIT_WHIP_URL: whip }: Given): EncoderAddresses => ({
  ...(rtmp !== undefined && { rtmp }),
  ...(whip !== undefined && { whip }),
})

/** For `config.ts`: what may be set, what is wrong together, what it comes to. */
export const encoderSettings = { shape, missing, from } as const
