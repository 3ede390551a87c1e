/** Settings of what leaves a stream: LiveKit's egress, where it writes, what keys lie under. */
import { z } from 'zod'

export interface OutputSettings {
  /** Live streams are recorded as films unless their maker says otherwise. */
  records: boolean
  /** The folder of the egress service in which it writes without S3. */
  folder: string
  /** Where the segments are read by viewers, without a slash at the end; absent: none are made. */
  hlsUrl: string | undefined
}

const keyExpected = 'one or more <name>:<32 bytes in base64url>, the newest first'
const secretsKey = /^[\w-]{1,32}:[\w-]{43}$/

const shape = {
  LIVEKIT_EGRESS: z.enum(['on', 'off'], 'one of on, off').default('off'),
  EGRESS_FOLDER: z
    .string()
    .regex(/^\/[\w./-]*$/, 'a folder of the egress service, such as /out')
    .default('/out'),
  EGRESS_RECORDS: z.enum(['on', 'off'], 'one of on, off').default('on'),
  HLS_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:/.test(text), {
      error: 'an address such as https://cdn.example/odeon',
    })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SECRETS_KEY: z
    .string()
    .transform((text) => text.split(','))
    .refine((keys) => keys.every((key) => secretsKey.test(key)), keyExpected)
    .optional(),
}

type Given = z.output<z.ZodObject<typeof shape>> & { LIVEKIT_URL?: string | undefined }

function missing({ LIVEKIT_EGRESS, LIVEKIT_URL, HLS_URL }: Given): string[] {
  if (LIVEKIT_EGRESS === 'off') {
    return HLS_URL === undefined ? [] : ['LIVEKIT_EGRESS: expected on with HLS_URL']
  }
  return LIVEKIT_URL === undefined ? ['LIVEKIT_URL: expected with LIVEKIT_EGRESS'] : []
}

/** Absent outputs: there is no egress service. */
function from(given: Given): { outputs: OutputSettings | undefined; secretsKeys: string[] } {
  const { EGRESS_FOLDER: folder, HLS_URL: hlsUrl, SECRETS_KEY: secretsKeys = [] } = given
  if (given.LIVEKIT_EGRESS === 'off') return { outputs: undefined, secretsKeys }
  return { outputs: { folder, hlsUrl, records: given.EGRESS_RECORDS === 'on' }, secretsKeys }
}

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const outputSettings = { shape, secrets: ['SECRETS_KEY'], missing, from } as const
