/** What `odeon.admin` answers. Times are Unix ms. */
import type { Profile } from '../auth/accounts.ts'
import type { Page } from '../moderation/shapes.ts'

/** A room that is open, in whatever process. */
export interface AdminRoom {
  id: string
  kind: string
  /** Title of a live stream and handle of its channel. */
  title: string | null
  channel: string | null
  /** Sockets connected. */
  clients: number
  /** Of a live stream. */
  viewers: number
  /** Of the whole state, as a joiner gets it. */
  stateBytes: number
  /** Making one frame and writing it to everybody, average. */
  frameMs: number
  /** Between two frames; 0 means at once. */
  tickMs: number
  messagesPerMinute: number
  /** Number of the newest log entry. */
  entries: number
  since: number
}

export interface AdminUser extends Profile {
  email: string | null
  emailVerified: boolean
  platformRole: 'user' | 'moderator' | 'admin'
  suspended: boolean
  /** Handle of their channel. */
  channel: string | null
  /** How many stand against them now. */
  sanctions: number
}

export type ChangedUser = Profile & Pick<AdminUser, 'platformRole' | 'suspended'>

export interface UserQuery extends Page {
  /** A piece of a name, username or address. */
  query?: string
  role?: AdminUser['platformRole']
  suspended?: boolean
}

export interface AccountChange {
  platformRole?: AdminUser['platformRole']
  suspended?: boolean
  /** For the record, and nobody else. */
  reason?: string
}

/** `viewers` and `rooms` are those of the process that answers; the rest is the whole house. */
export interface AdminOverview {
  at: number
  live: { streams: number; rooms: number; clients: number; viewers: number }
  queues: { flags: number; appeals: number }
  people: { accounts: number; suspended: number; signupsToday: number; guestsToday: number }
  /** `failingSince` is null while storing works. */
  archive: { queued: number; stored: number; givenUp: number; failingSince: number | null }
  process: { startedAt: number; memoryBytes: number }
}
