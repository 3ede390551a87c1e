/** Settings of recordings: how long they are kept, where they lie. */
import { z } from 'zod'
import type { S3Settings } from './store/s3-store.ts'

export interface RecordingSettings {
  /** Days a recording is kept; 0 records nothing. */
  keptDays: number
  /** Absent: a folder in the data folder. */
  s3: S3Settings | undefined
}

const daysExpected = 'a whole number of days from 0 (nothing is recorded) to 3650'
const s3Names = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

const shape = {
  RECORDINGS_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, daysExpected)
    .transform(Number)
    .refine((days) => days <= 3_650, daysExpected)
    .default(60),
  S3_ENDPOINT: z
    .string()
    .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''), {
      error: 'an address such as https://s3.eu-central-1.amazonaws.com',
    })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, 'the name of a bucket, in small letters')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]+$/, 'a region such as eu-central-1')
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
}

type Given = z.output<z.ZodObject<typeof shape>>

/** All of S3 or nothing of it. */
function missing(given: Given): string[] {
  const absent = s3Names.filter((name) => given[name] === undefined)
  if (absent.length === 0 || absent.length === s3Names.length) return []
  return absent.map((name) => `${name}: expected with the other settings of S3`)
}

function from(given: Given): RecordingSettings {
  const { RECORDINGS_DAYS: keptDays, S3_ENDPOINT: endpoint, S3_BUCKET: bucket } = given
  const { S3_REGION: region } = given
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = given
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return { keptDays, s3: undefined }
  return { keptDays, s3: { endpoint, bucket, region, accessKeyId, secretAccessKey } }
}

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const recorded = {
  shape,
  secrets: ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  missing,
  from,
} as const
