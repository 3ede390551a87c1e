/** What the accounts API takes and gives: shapes, limits and rules for names and passwords. */
import { problem } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { isDecent } from '../moderation/text/decent.ts'
import { uuid } from '../platform/http/ids.ts'

export const accountLimits = {
  nameCharsMax: 40,
  aboutCharsMax: 255,
  passwordBytesMin: 10,
  /** bcrypt looks at no more. */
  passwordBytesMax: 72,
  accessTokenMs: 15 * 60_000,
  /** For whoever is suspended, to read why and to appeal. */
  appealTokenMs: 24 * 3600_000,
  /** Slides: each refresh gives another seven days. */
  refreshMs: 7 * 24 * 3600_000,
  /** How long a token that was just replaced still leads to the one that replaced it. */
  repeatMs: 10_000,
  /** Sign-ins of one person at a time; the one unused for longest ends first. */
  sessionsMax: 50,
  blocksMax: 1_000,
  adminClaimMs: 24 * 3600_000,
  profileKeptMs: 5 * 60_000,
  /** How stale another process may see a sign-in, a role or a suspension. */
  identityKeptMs: 30_000,
  /** Tokens found good whose signature is not computed again while they live. */
  verifiedTokensMax: 100_000,
} as const

/** Words that would pass for the house. Also handles that would read as pages. */
const reserved = new Set(
  (
    'admin administrator anonymous api app auth docs everyone guest health help here host live ' +
    'login logout me metrics mod moderator moderators null odeon official owner register root ' +
    'security settings signin signup staff support system team undefined user users www'
  ).split(' '),
)

/** Cyrillic and Greek letters, and a digit, that look like Latin ones in either case. */
const cyrillic = 'аa вb еe іi јj кk мm нh оo рp сc тt уy хx ѕs ԁd'
const greek = 'αa βb εe ηh ιi κk μm νn οo ρp τt υy χx'
const lookalike = new Map(
  `${cyrillic} ${greek} 0o`.split(' ').map(([from = '', to = '']) => [from, to]),
)

function isReserved(name: string): boolean {
  const letters = [...name.normalize('NFKD').toLowerCase()].map((one) => lookalike.get(one) ?? one)
  return reserved.has(letters.join('').replace(/[^a-z0-9]/g, ''))
}

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_]{3,20}$/, problem('username', { min: 3, max: 20 }))
  .refine((text) => !isReserved(text), problem('reserved'))
  .refine(isDecent, problem('indecent'))

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, problem('too_long', { max: 254 }))
  .pipe(z.email(problem('email')))

const bytesOf = (text: string) => Buffer.byteLength(text)

/** NFKC, so that the same password typed on another keyboard is the same bytes. */
export const password = z
  .string()
  .max(256, problem('too_many_bytes', { max: accountLimits.passwordBytesMax }))
  .transform((text) => text.normalize('NFKC'))
  .refine(
    (text) => bytesOf(text) >= accountLimits.passwordBytesMin,
    problem('too_few_bytes', { min: accountLimits.passwordBytesMin }),
  )
  .refine(
    (text) => bytesOf(text) <= accountLimits.passwordBytesMax,
    problem('too_many_bytes', { max: accountLimits.passwordBytesMax }),
  )
  .refine((text) => !text.includes('\0'), problem('invisible'))

/** Emoji are the one lawful use of invisible characters in a name: joined ones, coloured ones. */
const joinedEmoji = /(?<=\p{Extended_Pictographic}\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu
const colouredEmoji = /(?<=\p{Emoji})\ufe0f/gu
/** Fillers and blanks are letters or symbols to Unicode, and nothing to the eye. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|\p{M}{4}/u

export const displayName = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .refine((text) => text.length > 0, problem('empty'))
  .refine(
    (text) => [...text].length <= accountLimits.nameCharsMax,
    problem('too_long', { max: accountLimits.nameCharsMax }),
  )
  .refine(
    (text) => !invisible.test(text.replace(joinedEmoji, '').replace(colouredEmoji, '')),
    problem('invisible'),
  )
  .refine((text) => !isReserved(text), problem('reserved'))
  .refine(isDecent, problem('indecent'))

const about = z
  .string()
  .trim()
  .max(accountLimits.aboutCharsMax, problem('too_long', { max: accountLimits.aboutCharsMax }))
  .refine((text) => !text.includes('\0'), problem('invisible'))

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
    .optional(),
  reducedMotion: z.boolean().optional(),
})
export type Settings = z.output<typeof settings>

export const registerBody = z.strictObject({ username, email, password })
export const loginBody = z.strictObject({ email, password: z.string().max(1024) })
export const guestBody = z.strictObject({ name: displayName.optional() })
export const refreshBody = z.strictObject({ refreshToken: z.string().max(64).optional() })
export const meBody = z
  .strictObject({
    name: displayName.optional(),
    about: about.optional(),
    settings: settings.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, problem('nothing_changed'))
export const claimBody = z.strictObject({ token: z.string().max(64) })
export const adminUserBody = z
  .strictObject({
    platformRole: z.enum(['user', 'moderator', 'admin']).optional(),
    suspended: z.boolean().optional(),
    /** Kept in the audit log; whoever is suspended reads it. */
    reason: z.string().trim().max(200).optional(),
  })
  .refine(
    ({ platformRole, suspended }) => platformRole !== undefined || suspended !== undefined,
    problem('nothing_changed'),
  )

export const profile = z.object({
  id: uuid,
  kind: z.enum(['account', 'guest']),
  username: z.string().nullable(),
  name: z.string(),
  about: z.string(),
  joinedAt: z.number(),
})
export type Profile = z.output<typeof profile>

export const me = profile.extend({
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  platformRole: z.enum(['user', 'moderator', 'admin']),
  settings,
})
export type Me = z.output<typeof me>

export const adminUser = profile.extend({
  platformRole: me.shape.platformRole,
  suspended: z.boolean(),
})
export type AdminUser = z.output<typeof adminUser>

export const sessionReply = z.object({
  accessToken: z.string(),
  expiresAt: z.number().describe('Unix ms at which the access token ends'),
  user: me,
  refreshToken: z.string().optional().describe('only for clients that are programs'),
})
export type SessionReply = z.output<typeof sessionReply>
