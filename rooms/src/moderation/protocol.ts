/**
 * Moderation in a room: timeouts, bans, warnings, the hold queue, roles, undo (CHAT-08, 09, 14,
 * 16, 17; AI-01…05). What moderators say here is recorded before it takes effect.
 */
import { z } from 'zod'
import { type ChatPosted, type ChatPrivilege, plainText, vipPrivileges } from '../chat/protocol.ts'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'
import type { RoomTier } from '../tiers/protocol.ts'

export const moderationLimits = {
  timeoutSecondsMin: 1,
  timeoutSecondsMax: 14 * 24 * 60 * 60,
  timeoutSecondsUsual: 600,
  reasonCharsMax: 200,
  heldMax: 100,
  /** Of one person, so that nobody fills the queue. */
  heldPerPersonMax: 3,
  actionsShownMax: 50,
  /** Actions a room can undo; the oldest go. */
  actionsKeptMax: 500,
  heldForMs: 5 * 60_000,
  /** What was read from the record may be so much older than a decision it does not hold. */
  decisionFreshMs: 10_000,
  /** Of people whose relay asked the record long ago, so many are looked up anew at a time. */
  unsureAtOnce: 200,
  delayedMax: 500,
  undoForMs: 5 * 60_000,
  /** Of lines that undoable actions took out, so much is remembered for a successor. */
  tracesKeptBytesMax: 256 * 1024,
  warnFrom: 0.6,
  blockFrom: 0.9,
} as const

/** In whichever case; rooms know people by small letters. */
const userId = z.string().min(1).max(64).toLowerCase()
const reason = plainText({ charsMax: moderationLimits.reasonCharsMax }).optional()

export const sanctionKinds = ['timeout', 'ban'] as const
export type SanctionKind = (typeof sanctionKinds)[number]

/** What stands against a person in a channel, or everywhere. */
export interface Sanction {
  id: string
  kind: SanctionKind
  /** Unix ms; null has no end. */
  until: number | null
  reason: string | null
  /** Who decided, by role only: the person's name is nobody's business. */
  by: 'host' | 'moderator' | 'staff' | 'house'
  scope: 'channel' | 'everywhere'
  /** They have not appealed yet and may. */
  mayAppeal: boolean
}

/** Every action of a moderator; also what the audit log lists. */
export const actionKinds = [
  'timeout',
  'untimeout',
  'ban',
  'unban',
  'warn',
  'delete',
  'clear',
  'purge',
  'hold_allow',
  'hold_deny',
  'modes',
  'pin',
  'announce',
  'grant',
  'revoke',
  'undo',
] as const
export type ActionKind = (typeof actionKinds)[number]

export interface ActionTaken {
  id: string
  kind: ActionKind
  by: Person
  /** Whom it is about, if anybody. */
  target: { id: string; name: string } | null
  reason: string | null
  at: number
  /** Until when it may be undone, Unix ms; null when it may not. */
  undoUntil: number | null
}

/** Crew. `purge` (true unless told) also takes out what they said. Reply: `ActionTaken`. */
export const memberTimeout = z.strictObject({
  requestId,
  userId,
  seconds: z
    .number()
    .int()
    .min(moderationLimits.timeoutSecondsMin)
    .max(moderationLimits.timeoutSecondsMax)
    .optional(),
  reason,
  purge: z.boolean().optional(),
})
export type MemberTimeout = z.infer<typeof memberTimeout>
export const memberBan = z.strictObject({
  requestId,
  userId,
  reason,
  purge: z.boolean().optional(),
})
export type MemberBan = z.infer<typeof memberBan>
export const memberUntimeout = z.strictObject({ requestId, userId })
export type MemberUntimeout = z.infer<typeof memberUntimeout>
export const memberUnban = z.strictObject({ requestId, userId })
export type MemberUnban = z.infer<typeof memberUnban>
export const memberWarn = z.strictObject({ requestId, userId, reason })
export type MemberWarn = z.infer<typeof memberWarn>
/** Host: makes somebody a moderator or a VIP of the channel, or takes it back. */
export const roleGrant = z.strictObject({ requestId, userId, role: z.enum(['moderator', 'vip']) })
export type RoleGrant = z.infer<typeof roleGrant>
export const roleRevoke = z.strictObject({ requestId, userId, role: z.enum(['moderator', 'vip']) })
export type RoleRevoke = z.infer<typeof roleRevoke>
/** Crew: lets a held line through or not; whoever comes second gets `already_decided`. */
export const heldDecide = z.strictObject({ requestId, id: z.string().max(64), allow: z.boolean() })
export type HeldDecide = z.infer<typeof heldDecide>
/** Crew: undoes an action of the last five minutes. */
export const moderationUndo = z.strictObject({ requestId, actionId: z.string().max(64) })
export type ModerationUndo = z.infer<typeof moderationUndo>
/** Crew: what waits and what was done, after joining. Reply: `CrewDesk`. */
export const crewRead = z.strictObject({ requestId: requestId.optional() })

export interface HeldLine {
  id: string
  from: Person
  text: string
  at: number
  /** Unix ms at which it is given up. */
  until: number
  score: number
  category: ScoreCategory
}
export interface DelayedLine {
  /** As it will be posted; `seq` is 0 until then. */
  line: ChatPosted
  until: number
}
export interface CrewDesk {
  held: HeldLine[]
  delayed: DelayedLine[]
  /** Newest first, of this room since it opened, at most 50. */
  actions: ActionTaken[]
}

/** Unnumbered words to hosts and moderators. */
export interface CrewTells {
  'chat.held': HeldLine
  /** `by` is null when nobody decided: time ran out, or the line was taken out (`expired`, too). */
  'chat.decided': { id: string; outcome: 'allowed' | 'denied' | 'expired'; by: Person | null }
  'chat.delayed': DelayedLine
  'chat.undelayed': { id: string }
  'crew.acted': ActionTaken
}
/**
 * What became of a line that waited. `repeated`: in mode `unique` somebody else's line of the same
 * words was shown before its time came.
 */
export type LineOutcome = 'posted' | 'denied' | 'expired' | 'removed' | 'repeated'

/** Unnumbered words to the person concerned. */
export interface PersonTells {
  /** The role or standing of this person changed; `standing` as in the welcome. */
  'member.changed': { role: Person['role']; standing: Standing }
  'moderation.warned': { reason: string | null; by: Sanction['by'] }
  'chat.outcome': { id: string; outcome: LineOutcome }
}

/** How a person stands in a room; sent with the welcome, then by `member.changed`. */
export interface Standing {
  sanction: Sanction | null
  isVip: boolean
  /** Unix ms since when they follow the channel; null when they do not. */
  followedAt: number | null
  /** Of the house. Absent when they have none; it counts until its moment. */
  tier?: RoomTier
}

/** The tier of the house that somebody who stands like this has at a moment. */
export function tierAt({ tier }: Pick<Standing, 'tier'>, now: number): RoomTier | undefined {
  return tier !== undefined && tier.until > now ? tier : undefined
}

/** Whether somebody who stands like this may at a moment, as a VIP or by their tier. */
export function hasPrivilege(
  standing: Pick<Standing, 'isVip' | 'tier'>,
  privilege: ChatPrivilege,
  now: number,
): boolean {
  if (standing.isVip && vipPrivileges.includes(privilege)) return true
  return tierAt(standing, now)?.privileges.includes(privilege) ?? false
}

/** `crew.changed`: somebody became or ceased to be a moderator or VIP. */
export interface CrewChanged extends Entry {
  userId: string
  name: string
  role: 'moderator' | 'vip'
  has: boolean
}

export const moderationRefusals = {
  no_such_person: 'There is no such person.',
  not_yourself: 'You cannot do that to yourself.',
  outranked: 'You cannot do that to somebody of this role.',
  not_sanctioned: 'Nothing stands against this person here.',
  already_decided: 'Somebody decided about this message already.',
  no_such_action: 'That cannot be undone any more.',
  already_so: 'That is so already.',
  accounts_only: 'Guests cannot have that role.',
  too_many: 'There are too many of them already.',
} as const
export type ModerationRefusalCode = keyof typeof moderationRefusals

/** What the house finds in a line, and why it waits for a moderator. */
export const scoreCategories = [
  'none',
  'hate',
  'threat',
  'insult',
  'profanity',
  'sexual',
  /** Its writer is on a shared list that the channel follows as a mark. */
  'shared_list',
] as const
export type ScoreCategory = (typeof scoreCategories)[number]

/** Why something is reported, in the order in which people are offered them. */
export const reportReasons = [
  'spam',
  'harassment',
  'hate',
  'sexual',
  'violence',
  'self_harm',
  'child_safety',
  'impersonation',
  'illegal',
  'other',
] as const
export type ReportReason = (typeof reportReasons)[number]
