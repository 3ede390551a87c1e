/** What a channel holds and what its owner may set (LIVE-30): shapes and bounds. */
import { categories, type ChatModes, chatModesShape, problem } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { isDecent } from '../moderation/text/decent.ts'
import { uuid } from '../platform/http/ids.ts'

export const channelLimits = {
  nameCharsMax: 60,
  aboutCharsMax: 2_000,
  urlCharsMax: 500,
  linksMax: 8,
  linkLabelCharsMax: 40,
  scheduleMax: 21,
  scheduleTitleCharsMax: 80,
  /** Channels one account may follow. */
  followingMax: 5_000,
  /** Channels kept in memory, and for how long; a change takes one out at once. */
  cachedMax: 5_000,
  cachedMs: 60_000,
  /** Followers who are told that a stream began; the newest follows first. */
  toldMax: 20_000,
  /** Followers are told at most once in this time. */
  toldEveryMs: 30 * 60_000,
  pageMax: 100,
} as const

export const category = z.enum(categories)
/** BCP 47, language and region at most: `ne`, `pt-BR`. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, problem('language'))
export const country = z.string().regex(/^[A-Z]{2}$/, problem('country'))

/** Plain text: spaces in order, no invisible characters, cut to nothing but itself. */
export function plainText(charsMax: number) {
  return z
    .string()
    .max(charsMax * 4)
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[^\P{C}\n]/gu, '')
        .trim(),
    )
    .refine((text) => [...text].length <= charsMax, problem('too_long', { max: charsMax }))
}

export function plainLine(charsMax: number) {
  return z
    .string()
    .transform((text) => text.replace(/\s+/gu, ' '))
    .pipe(plainText(charsMax))
    .refine((text) => text.length > 0, problem('empty'))
}

/** Only the web: no scripts, no files, no names and passwords inside. */
const webUrl = z
  .string()
  .max(channelLimits.urlCharsMax)
  .refine((text) => {
    // An address has no blanks and nothing unseen; the database takes no NUL.
    if (/[\s\p{C}]/u.test(text) || !URL.canParse(text)) return false
    const { protocol, username, password } = new URL(text)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  }, problem('web_address'))

const link = z.strictObject({ label: plainLine(channelLimits.linkLabelCharsMax), url: webUrl })

/** One weekly slot, in UTC. */
const slot = z.strictObject({
  /** 0 is Monday. */
  weekday: z.number().int().min(0).max(6),
  startMinute: z.number().int().min(0).max(1_439),
  durationMinutes: z.number().int().min(5).max(1_440),
  title: plainLine(channelLimits.scheduleTitleCharsMax),
})

const settings = z.strictObject({
  /** Modes that the channel's chat has. */
  chat: chatModesShape,
  /** Hold doubtful lines for a moderator instead of warning who wrote them. */
  holdSuspicious: z.boolean(),
})
export type ChannelSettings = z.output<typeof settings>
/** As stored: what was never set is not there. */
export interface KeptSettings {
  chat?: Partial<ChatModes>
  holdSuspicious?: boolean
}
export type ChannelLink = z.output<typeof link>
export type ScheduleSlot = z.output<typeof slot>

const defaultChat: ChatModes = {
  slowSeconds: 0,
  followersMinutes: -1,
  subscribersOnly: false,
  emoteOnly: false,
  unique: false,
  delaySeconds: 0,
}

/** Settings as they hold, defaults filled in. */
export function settingsFrom({ chat, holdSuspicious = true }: KeptSettings): ChannelSettings {
  return { chat: { ...defaultChat, ...chat }, holdSuspicious }
}

/** What the owner may change; `null` empties a field. */
export const channelChange = z.strictObject({
  name: plainLine(channelLimits.nameCharsMax).refine(isDecent, problem('indecent')).optional(),
  about: plainText(channelLimits.aboutCharsMax).optional(),
  category: category.nullable().optional(),
  language: language.nullable().optional(),
  country: country.nullable().optional(),
  links: z.array(link).max(channelLimits.linksMax).optional(),
  schedule: z.array(slot).max(channelLimits.scheduleMax).optional(),
  settings: z
    .strictObject({
      chat: chatModesShape.partial().optional(),
      holdSuspicious: z.boolean().optional(),
    })
    .optional(),
})
export type ChannelChange = z.output<typeof channelChange>

/** A channel as everybody sees it. Times in Unix ms. */
export const channelView = z.object({
  id: uuid,
  ownerId: uuid,
  handle: z.string(),
  name: z.string(),
  about: z.string(),
  /** Paths on this server; the number in one is the width: 64, 128, 256. */
  avatarUrl: z.string().nullable(),
  bannerUrl: z.string().nullable(),
  category: category.nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  schedule: z.array(
    z.object({
      weekday: z.number(),
      startMinute: z.number(),
      durationMinutes: z.number(),
      title: z.string(),
    }),
  ),
  settings,
  followers: z.number().int(),
  statistics: z.object({
    streams: z.number(),
    liveMs: z.number(),
    viewersPeak: z.number(),
  }),
  /** The stream that is live now, or null. */
  liveStreamId: uuid.nullable(),
  createdAt: z.number(),
})
export type ChannelView = z.output<typeof channelView>

/** A channel as somebody sees it: since when they follow it, null when they do not. */
export const channelPage = channelView.extend({
  isFollowing: z.boolean(),
  followedAt: z.number().nullable(),
})
export type ChannelPage = z.output<typeof channelPage>

/** How a follow stands after it was asked for or given up. */
export const followStanding = channelPage.pick({
  isFollowing: true,
  followedAt: true,
  followers: true,
})
export type FollowStanding = z.output<typeof followStanding>
