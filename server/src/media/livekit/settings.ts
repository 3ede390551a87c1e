/** Settings of picture and sound: which LiveKit carries them. */
import { z } from 'zod'
import { leadsToThisMachine } from '../../moderation/reviewer/public-address.ts'

export interface LiveKitAddress {
  /** For this server, `http://` or `https://`. */
  url: string
  /** For browsers, `ws://` or `wss://`. */
  publicUrl: string
  apiKey: string
  apiSecret: string
  /** Where it says its figures for Prometheus; name and password may stand in it. */
  metricsUrl?: string
}

/** `own`: one that comes along, for one process alone. */
export type MediaSettings = 'off' | 'own' | LiveKitAddress

const names = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const

const isAddress = (text: string) =>
  /^(ws|http)s?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')
const address = z
  .string()
  .refine(isAddress, 'an address such as wss://livekit.example')
  .transform((text) => text.replace(/\/+$/, ''))
  .optional()

const shape = {
  MEDIA: z.enum(['on', 'off'], 'one of on, off').default('on'),
  LIVEKIT_URL: address,
  LIVEKIT_PUBLIC_URL: address,
  LIVEKIT_METRICS_URL: z
    .string()
    .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''), {
      error: 'an address such as http://livekit:6789/metrics',
    })
    .optional(),
  LIVEKIT_API_KEY: z
    .string()
    .regex(/^[\w-]{1,128}$/, 'a key as LiveKit knows it, of letters and digits')
    .optional(),
  LIVEKIT_API_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, 'at least 32 bytes, as LiveKit knows it')
    .optional(),
}

type Given = z.output<z.ZodObject<typeof shape>> & {
  REDIS_URL?: string | undefined
  NODE_ENV?: string | undefined
}

/** Of files that were published for looking around: everybody can read it. */
const publishedSecret = 'odeon-local-secret-known-to-everybody'

/** Nobody else reaches it, so that it matters little who knows its secret. */
const isOnThisMachine = (url: string | undefined) => url !== undefined && leadsToThisMachine(url)

/** All three or none: half of an address leads nowhere. */
function missing(given: Given): string[] {
  const absent = names.filter((name) => given[name] === undefined)
  const problems =
    absent.length === 0 || absent.length === names.length
      ? []
      : absent.map((name) => `${name}: expected with the other settings of LiveKit`)
  for (const name of ['LIVEKIT_PUBLIC_URL', 'LIVEKIT_METRICS_URL'] as const) {
    if (given[name] !== undefined && given.LIVEKIT_URL === undefined) {
      problems.push(`LIVEKIT_URL: expected with ${name}`)
    }
  }
  const mayBePublished = given.NODE_ENV !== 'production' && isOnThisMachine(given.LIVEKIT_URL)
  if (given.LIVEKIT_API_SECRET === publishedSecret && !mayBePublished) {
    problems.push('LIVEKIT_API_SECRET: expected one of your own, as everybody can read this one')
  }
  return problems
}

function from(given: Given): MediaSettings {
  const { MEDIA, LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: secret } = given
  if (MEDIA === 'off') return 'off'
  // One that comes along is known to one process alone.
  if (!url || !apiKey || !secret) return given.REDIS_URL === undefined ? 'own' : 'off'
  const publicUrl = (given.LIVEKIT_PUBLIC_URL ?? url).replace(/^http/, 'ws')
  const { LIVEKIT_METRICS_URL: metricsUrl } = given
  return {
    url: url.replace(/^ws/, 'http'),
    publicUrl,
    apiKey,
    apiSecret: secret,
    ...(metricsUrl && { metricsUrl }),
  }
}

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const livekit = {
  shape,
  secrets: ['LIVEKIT_API_SECRET', 'LIVEKIT_METRICS_URL'],
  missing,
  from,
} as const
