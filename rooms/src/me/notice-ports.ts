/** What rooms need to tell people things, and a personal room to show them: a part of ports.ts. */
import type { Notice } from './protocol.ts'

/** What somebody is told; the rest is made when it is kept. */
type Told = Omit<Notice, 'id' | 'at' | 'readAt'> & {
  /** Which entry its text is from: once that line is taken out, the notice says it no longer. */
  line?: { streamId: string; seq: number }
}

/** In-app notices, kept and pushed to the person's own room. */
export interface Notices {
  notify(userId: string, notice: Told): Promise<void>
  /** The same to whoever of these account names exists, at most `mentionsMax` of them. */
  mention(names: string[], notice: Told): Promise<void>
}

/** A person's kept notices as their own room sees them: numbered from 1 without a hole. */
export interface NoticeBox {
  /** Where the numbers stand; null when this account may not have a room: suspended, or gone. */
  open(userId: string): Promise<{ head: number; unread: number } | null>
  /** The oldest of those after `seq`, oldest first. */
  after(userId: string, seq: number, limit: number): Promise<NumberedNotice[]>
  /** The newest, oldest first. */
  tail(userId: string, limit: number): Promise<NumberedNotice[]>
  /** Marks one, or all, as read. */
  read(userId: string, id?: string): Promise<{ unread: number }>
  unread(userId: string): Promise<number>
  /** Calls back when something was posted or read, in whatever process. The result stops it. */
  subscribe(userId: string, listener: (signal: NoticeSignal) => void): () => void
}

export interface NumberedNotice {
  seq: number
  notice: Notice
}

export type NoticeSignal = { kind: 'posted' } | { kind: 'read'; id: string | null; at: number }
