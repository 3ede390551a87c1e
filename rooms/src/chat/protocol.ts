/** Chat: what may be said in it and what everybody learns (CHAT-01…15). */
import { z } from 'zod'
import { type Entry, type Person, problem, requestId } from '../kit/protocol.ts'

export const chatLimits = {
  textCharsMax: 500,
  /** With the privilege `long_message`. */
  longTextCharsMax: 1_000,
  sendPerSecond: 3,
  sendBurst: 5,
  slowSecondsMax: 120,
  followersMinutesMax: 129_600,
  delaySecondsMax: 30,
  mentionsMax: 5,
  /** Characters of the answered line that travel with a reply. */
  quotedCharsMax: 100,
  emotesMax: 60,
  emoteCodeCharsMax: 24,
  uniqueWindowMs: 60_000,
  pinnedMsUsual: 60 * 60_000,
  pinnedMsMax: 24 * 60 * 60_000,
  /** Texts remembered for the mode `unique`. */
  uniqueTextsMax: 5_000,
  /** People who spoke and left, still known by name. */
  spokenMax: 5_000,
  /** Places in a line that may name somebody. */
  mentionTriesMax: 20,
  /** Lines that an undo brings back before everybody's eyes; others come back with the history. */
  restoredMax: 200,
  restoredAtOnce: 40,
} as const

/** Control, bidirectional-override and other invisible characters never enter the log. */
const invisible = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Fillers and soft hyphens, which nobody sees. */
const fillers = /[\u034f\u17b4\u17b5\u00ad\u115f\u1160\u3164\uffa0]/gu
/** Tags, anywhere but behind the black flag that they colour. */
const tags = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e0fff}]/gu
/** No script stacks more marks on a letter; more would paint over other people's lines. */
const tooManyMarks = /(\p{M}{8})\p{M}+/gu
const somethingToSee = /[^\s\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

function tidied(text: string): string {
  const seen = text.normalize('NFC').replace(/\s+/gu, ' ').replace(invisible, '')
  return seen.replace(fillers, '').replace(tags, '').replace(tooManyMarks, '$1').trim()
}

/** One line of plain text: clients render it as text, never as markup. It shows something. */
export function plainText({ charsMax }: { charsMax: number }) {
  const tooLong = problem('too_long', { max: charsMax })
  return z
    .string()
    .max(charsMax * 4, tooLong)
    .transform(tidied)
    .pipe(
      z
        .string()
        .regex(somethingToSee, problem('empty'))
        .refine((text) => [...text].length <= charsMax, { message: tooLong }),
    )
}

export const chatText = plainText({ charsMax: chatLimits.longTextCharsMax })

const lineId = z.string().min(1).max(64)

export const chatSend = z.strictObject({
  requestId,
  text: chatText,
  /** Id of the line this one answers. */
  replyTo: lineId.optional(),
  /** `/me`: an action, shown without a colon. */
  isAction: z.boolean().optional(),
})
export type ChatSend = z.infer<typeof chatSend>

/** What VIPs and tiers of support may in chat (CHAT-15). */
export const chatPrivileges = [
  'coloured_name',
  'long_message',
  'slow_mode_exempt',
  'exclusive_emotes',
] as const
export type ChatPrivilege = (typeof chatPrivileges)[number]
/** Those that a channel's owner gives and takes back, by making somebody a VIP. */
export const vipPrivileges: readonly ChatPrivilege[] = ['long_message', 'slow_mode_exempt']

export const badges = ['host', 'moderator', 'vip', 'staff', 'subscriber'] as const
export type Badge = (typeof badges)[number]

export interface Author extends Person {
  /** In the order in which they are shown. Absent when there are none. */
  badges?: Badge[]
  /** Tier of the house. Absent without one. */
  tier?: number
  /** Their tier colours their name. */
  isColoured?: true
}

export interface Quoted {
  id: string
  from: { id: string; name: string }
  text: string
}

/** `chat.posted`: a line everybody sees; also the reply to `chat.send`. */
export interface ChatPosted extends Entry {
  id: string
  from: Author
  text: string
  replyTo?: Quoted
  /** Ids of members who are named with @. */
  mentions?: string[]
  /** Emotes in the text: code (`:wave:` without colons) to emote id. */
  emotes?: Record<string, string>
  isAction?: true
  isAnnouncement?: true
  /** The channel's reviewer changed its words. */
  isRewritten?: true
  /** Was held: belongs behind the entry with this seq, not at the end. */
  after?: number
  /** Taken out; `text` is empty then. */
  removed?: 'moderator' | 'author'
}

/**
 * The answer to `chat.send`. `posted` is the entry; `held` waits for a moderator and `delayed` for
 * its time, both under `id`.
 */
export type ChatSendReply = ChatPosted | ChatWaiting
export interface ChatWaiting {
  id: string
  waits: 'held' | 'delayed'
  /** Unix ms at which it is posted or given up. */
  until: number
}

/** `chat.removed`: lines taken out; whoever kept them shows a mark in their place. */
export interface ChatRemoved extends Entry {
  ids: string[]
  by: 'moderator' | 'author'
}
/** `chat.purged`: everything this person said in this room is taken out. */
export interface ChatPurged extends Entry {
  userId: string
}
/** `chat.cleared`: everything said before this entry is taken out. */
export interface ChatCleared extends Entry {
  by: Person
}
/** `chat.restored`: a moderator undid a removal; the lines as they were, with their own `seq`. */
export interface ChatRestored extends Entry {
  lines: ChatPosted[]
}

export const chatModesShape = z.strictObject({
  /** Seconds between two lines of one member; 0 is off. */
  slowSeconds: z.number().int().min(0).max(chatLimits.slowSecondsMax),
  /** Minutes somebody must have followed the channel; -1 is off, 0 means any follower. */
  followersMinutes: z.number().int().min(-1).max(chatLimits.followersMinutesMax),
  subscribersOnly: z.boolean(),
  emoteOnly: z.boolean(),
  /** Refuses a line that says what somebody said in the last minute. */
  unique: z.boolean(),
  /** Seconds by which everybody but the crew sees lines later; 0 is off. */
  delaySeconds: z.number().int().min(0).max(chatLimits.delaySecondsMax),
})
export type ChatModes = z.infer<typeof chatModesShape>

/** Crew: changes some modes; the others stay. Replies with all of them. */
export const chatModes = z.strictObject({ requestId, modes: chatModesShape.partial() })
export type ChatModesAsk = z.infer<typeof chatModes>
/** `chat.moded`: the modes changed; `state.chat` holds them. */
export interface ChatModed extends Entry {
  by: Person
  modes: ChatModes
}

/**
 * Crew: takes a line out; authors may take out their own. Reply: `ActionTaken`, or null for one's
 * own line, which is no act of moderation.
 */
export const chatDelete = z.strictObject({ requestId, id: lineId })
export type ChatDelete = z.infer<typeof chatDelete>
/** Crew: takes out everything said so far. Reply: `ActionTaken`. */
export const chatClear = z.strictObject({ requestId })
/** Crew: pins a line (for an hour unless told), or unpins with null. Reply: `ActionTaken`. */
export const chatPin = z.strictObject({
  requestId,
  id: lineId.nullable(),
  forMs: z.number().int().min(60_000).max(chatLimits.pinnedMsMax).optional(),
})
export type ChatPin = z.infer<typeof chatPin>
/** Crew: says something that everybody notices. Reply: the line, with `isAnnouncement`. */
export const chatAnnounce = z.strictObject({ requestId, text: chatText })
export type ChatAnnounce = z.infer<typeof chatAnnounce>

export const chatRefusals = {
  chat_closed: 'Chat is closed: the stream is over.',
  hold_full: 'Too many messages wait for a moderator. Try again in a moment.',
  text_too_long: `A message has at most ${chatLimits.textCharsMax} characters.`,
  slow_mode: 'Slow mode is on. Wait for your turn.',
  followers_only: 'Only followers may chat now.',
  followed_too_short: 'You have not followed this channel for long enough to chat now.',
  subscribers_only: 'Only subscribers may chat now.',
  emote_only: 'Only emotes may be sent now.',
  not_unique: 'Somebody said that a moment ago. Say it differently.',
  blocked_text: 'That message breaks the rules of this house and was not sent.',
  reviewer_denied: 'That message was not let through.',
  reviewer_away: 'Messages cannot be checked right now. Try again in a moment.',
  timed_out: 'You are muted for a while.',
  banned: 'You are banned from chatting here.',
  no_such_line: 'That message is not here any more.',
  guests_may_not: 'Sign up to do that.',
} as const
export type ChatRefusalCode = keyof typeof chatRefusals
