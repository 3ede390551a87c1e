/** Settings of what leaves a stream: LiveKit's egress, where it writes, what keys lie under. */
import { z } from 'zod'

export interface OutputSettings {
  /** Live streams are recorded as films unless their maker says otherwise. */
  records: boolean
  /** The folder of the egress service in which it writes without S3. */
  folder: string
  /** Where the segments are read by viewers, without a slash at the end; absent: none are made. */
  hlsUrl: string | undefined
  /** For each channel and day, of all that runs for it; 0: without end. */
  minutesADay: number
  /** Of so many streams a channel keeps films; 0: of all. */
  filmsMax: number
  /** Programs that run at once, in the whole house; 0: as many as the service takes. */
  runsMax: number
  /** Hours after which a film is whole and another goes on; 0: with its stream. */
  filmHours: number
}

/** Films that were made, whether or not any are made now. */
export interface FilmSettings {
  /** Days a film is kept; 0 until somebody removes it. */
  keptDays: number
  /** Where this server finds what the egress service wrote into its folder, without S3. */
  folder: string | undefined
  /** Where browsers reach S3, when that is another address than this server's. */
  publicEndpoint: string | undefined
}

const minutesExpected = 'a whole number of minutes, 0 for without end'
const filmsExpected = 'a whole number, 0 for as many as there are'
const runsExpected = 'a whole number, 0 for as many as the service takes'
const hoursExpected = 'a whole number of hours, 0 for as long as a stream is'
const daysExpected = 'a whole number of days from 0 (until somebody removes them) to 3650'
const keyExpected = 'one or more <name>:<32 bytes in base64url>, the newest first'
const secretsKey = /^[\w-]{1,32}:[\w-]{43}$/

const shape = {
  LIVEKIT_EGRESS: z.enum(['on', 'off'], 'one of on, off').default('off'),
  EGRESS_FOLDER: z
    .string()
    .regex(/^\/[\w./-]*$/, 'a folder of the egress service, such as /out')
    .default('/out'),
  EGRESS_RECORDS: z.enum(['on', 'off'], 'one of on, off').default('on'),
  EGRESS_MINUTES: z
    .string()
    .regex(/^\d{1,6}$/, minutesExpected)
    .transform(Number)
    .default(1_440),
  EGRESS_MAX: z
    .string()
    .regex(/^\d{1,4}$/, runsExpected)
    .transform(Number)
    .default(20),
  FILM_HOURS: z
    .string()
    .regex(/^\d{1,3}$/, hoursExpected)
    .transform(Number)
    .default(12),
  FILMS_MAX: z
    .string()
    .regex(/^\d{1,6}$/, filmsExpected)
    .transform(Number)
    .default(200),
  FILMS_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, daysExpected)
    .transform(Number)
    .refine((days) => days <= 3_650, daysExpected)
    .default(60),
  FILMS_DIR: z.string().regex(/^\//, 'the whole path of a folder').optional(),
  S3_PUBLIC_ENDPOINT: z
    .string()
    .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''), {
      error: 'an address such as https://s3.example',
    })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
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

export interface OutputsGiven {
  /** Absent: there is no egress service. */
  outputs: OutputSettings | undefined
  films: FilmSettings
  secretsKeys: string[]
}

function from(given: Given): OutputsGiven {
  const { EGRESS_FOLDER: folder, HLS_URL: hlsUrl, SECRETS_KEY: secretsKeys = [] } = given
  const films = {
    keptDays: given.FILMS_DAYS,
    folder: given.FILMS_DIR,
    publicEndpoint: given.S3_PUBLIC_ENDPOINT,
  }
  if (given.LIVEKIT_EGRESS === 'off') return { outputs: undefined, films, secretsKeys }
  const records = given.EGRESS_RECORDS === 'on'
  const bounds = {
    minutesADay: given.EGRESS_MINUTES,
    filmsMax: given.FILMS_MAX,
    runsMax: given.EGRESS_MAX,
    filmHours: given.FILM_HOURS,
  }
  return { outputs: { folder, hlsUrl, records, ...bounds }, films, secretsKeys }
}

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const outputSettings = { shape, secrets: ['SECRETS_KEY'], missing, from } as const
