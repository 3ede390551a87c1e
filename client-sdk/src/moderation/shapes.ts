/** What the desk of moderation answers. Times are Unix ms. */
import type { ReportReason, Sanction, SanctionKind } from '@odeon/rooms/protocol'

interface Somebody {
  id: string
  name: string
}
interface Somewhere {
  id: string
  handle: string
  name: string
}

export type FlagType = 'user' | 'stream' | 'message' | 'content'
export type FlagStatus = 'pending' | 'reviewed' | 'resolved'
export type Measure = 'none' | 'warn' | 'delete' | 'timeout' | 'ban' | 'suspend' | 'end_stream'

/** Something to look at: reported by somebody, or found by the house. */
export interface Flag {
  id: string
  at: number
  type: FlagType
  targetId: string
  /** A `ReportReason`; of automatic flags the category of the scorer. */
  reason: string
  /** What the reporter wrote. */
  text: string | null
  /** What it is about, as the archive has it. */
  excerpt: string | null
  score: number | null
  isAutomatic: boolean
  /** For staff alone. */
  reporter: Somebody | null
  /** How many flags this target has. */
  flags: number
  subject: (Somebody & { username: string | null }) | null
  channel: Somewhere | null
  streamId: string | null
  /** Where the line stands in its stream's log. */
  seq: number | null
  status: FlagStatus
  action: 'warn' | 'blur' | 'ban' | 'delete' | 'none'
  measure: Measure | null
  decided: { by: Somebody | null; at: number; note: string | null } | null
  /** Until when `reopen` takes the decision back. */
  undoUntil: number | null
}

export interface Page {
  /** Id of the last one of the page before. */
  before?: string
  /** 1–100. */
  limit?: number
}

export interface QueueQuery extends Page {
  status?: FlagStatus
  type?: FlagType
  /** Handle; needed unless one is staff. */
  channel?: string
  automatic?: boolean
  /** Id of the person it is about. */
  subject?: string
}

export interface Decision {
  status?: 'reviewed' | 'resolved'
  action?: Measure
  note?: string
  /** With `timeout`. */
  seconds?: number
  /** Staff: the timeout or ban holds in every room. */
  everywhere?: boolean
}

/** `targetId` is a person, stream, chat line (with `streamId`) or, of `content`, a channel. */
export interface Report {
  targetType: FlagType
  targetId: string
  streamId?: string
  reason: ReportReason
  text?: string
}

export type AppealStatus = 'open' | 'upheld' | 'lifted'

/** What was decided against somebody, and what came of their appeal. */
export interface KeptSanction extends Omit<Sanction, 'kind'> {
  /** Mutes in chat, the suspension of an account, a stream that staff ended. */
  kind: SanctionKind | 'suspension' | 'stream_end'
  at: number
  stands: boolean
  liftedAt: number | null
  /** It comes from a shared list. */
  isListed: boolean
  channel: Somewhere | null
  /** With `stream_end`: which one. */
  stream: { id: string; title: string } | null
  appeal: {
    status: AppealStatus
    text: string
    at: number
    note: string | null
    decidedAt: number | null
  } | null
}

/** Somebody as the crew of a channel sees them. */
export interface CrewPerson {
  id: string
  name: string
  username: string | null
  /** Path on the server of the picture of their channel, or null. */
  avatarUrl: string | null
  /** Unix ms since when they follow the channel, or null. */
  followedAt: number | null
}

/** The same for those who decide. */
export interface CrewSanction extends KeptSanction {
  person: Somebody
  decidedBy: Somebody | null
}

export interface Appeal {
  id: string
  at: number
  status: AppealStatus
  text: string
  sanction: CrewSanction
  decided: { by: Somebody | null; at: number; note: string | null } | null
  /** False for whoever sanctioned, while somebody else can decide. */
  mayDecide: boolean
  /** Until when `reopenAppeal` takes the decision back. */
  undoUntil: number | null
}

/** One line of the audit log. */
export interface ActionRecord {
  id: string
  at: number
  kind: string
  by: { id: string | null; name: string; role: string }
  target: { id: string | null; name: string | null } | null
  reason: string | null
  channel: Somewhere | null
  streamId: string | null
  sanctionId: string | null
  undoes: string | null
  isUndone: boolean
  undoUntil: number | null
  /** Lines it took out, as they were. */
  lines: { id: string; userId: string; text: string }[]
  details: Record<string, unknown>
}

export interface AuditQuery extends Page {
  by?: string
  target?: string
  kind?: string
  from?: number
  to?: number
}

export interface CrewMember extends Somebody {
  username: string | null
  /** Since when. */
  since: number
}
export interface Crew {
  host: Somebody & { username: string | null }
  moderators: CrewMember[]
  vips: CrewMember[]
}

export interface NewSanction {
  userId: string
  kind: SanctionKind
  /** With `timeout`; ten minutes unless told. */
  seconds?: number
  reason?: string
  /** Also takes out what they said in the channel. */
  purge?: boolean
}

export type ListMode = 'mark' | 'ban'
export interface BanList {
  id: string
  name: string
  about: string
  isPublished: boolean
  entries: number
  subscribers: number
  channel: Somewhere
  at: number
  /** How your channel follows it. */
  mode: ListMode | null
  /** Bans that stand in your channel because of it. */
  bans: number
}
export interface BanListEntry {
  id: string
  person: Somebody & { username: string | null }
  source: string
  reason: string | null
  expiresAt: number | null
  at: number
}

export interface Reviewer {
  url: string
  timeoutMs: number
  /** Whether lines are let through while it does not answer. */
  letsThrough: boolean
}
