/** The personal room: notices and how many are unread (NOTIF-15, 17). Its owner alone enters. */
import { z } from 'zod'
import { type Entry, requestId } from '../kit/protocol.ts'

export const noticeLimits = {
  /** Kept per person; the oldest go. */
  keptMax: 500,
  pageMax: 50,
  keptForMs: 90 * 24 * 60 * 60_000,
  textCharsMax: 1_000,
  /** Mentions and replies by one person that another is told of within ten minutes. */
  fromOnePersonMax: 5,
  fromOnePersonMs: 10 * 60_000,
  /** Of all people together, so that many names push out nothing that matters. */
  fromAllMax: 60,
} as const

export const noticeKinds = [
  'mention',
  'reply',
  'sanction',
  'sanction_lifted',
  'warning',
  'message_removed',
  'report_resolved',
  'appeal_decided',
  'stream_ended',
  'role_granted',
  'role_revoked',
  'went_live',
  'og_ended',
  'coins_added',
  'coins_returned',
  'payment_failed',
  'payment_refunded',
  'payment_disputed',
  'debt_cleared',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Kinds that people cause at will: not from whom one blocked, not from oneself, not in floods. */
export const socialNoticeKinds: readonly NoticeKind[] = ['mention', 'reply', 'went_live']

export interface Notice {
  id: string
  kind: NoticeKind
  /** Unix ms. */
  at: number
  readAt: number | null
  /** Where it happened, if in a channel. */
  channel: { id: string; handle: string; name: string } | null
  /** Who caused it, where that may be known. */
  from: { id: string; name: string } | null
  /** What was said, the reason, the title: depends on the kind. */
  text: string | null
  /** Where a click leads, a path of the web app. */
  path: string | null
  /** With `sanction` and `stream_ended`: what to appeal, and until when it stands (null: open). */
  sanctionId: string | null
  until: number | null
}

/** `notice.posted` */
export interface NoticePosted extends Entry {
  notice: Notice
}
/** Marks one, or all, as read. Reply: `{ unread }`. */
export const noticeRead = z.strictObject({ requestId, id: z.string().max(64).optional() })
export type NoticeRead = z.infer<typeof noticeRead>

/**
 * `notice.marked`, without a number, to each of the owner's devices: one notice was read, or all
 * (null), at this moment. Who was away finds it in the pages.
 */
export interface NoticeMarked {
  id: string | null
  at: number
}
