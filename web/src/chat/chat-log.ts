/**
 * The lines a reader holds, in log order. Following, it keeps the newest; scrolled up, it keeps
 * what is being read and lets nothing move under the reader, within a bound.
 */
import type { ChatPosted, Person } from '@odeon/rooms/protocol'

export type Line =
  | { kind: 'said'; key: string; seq: number; at: number; from: Person; text: string }
  | { kind: 'phase'; key: string; seq: number; at: number; phase: 'started' | 'ended'; by: Person }
  | { kind: 'gap'; key: string; seq: number; at: number; count: number }

export const chatLogLimits = {
  /** Lines kept while following the newest. */
  followingLinesMax: 600,
  /** Lines kept while reading older ones; beyond it the newest wait aside. */
  readingLinesMax: 2_400,
  /** Newest lines set aside for the way back. */
  asideLinesMax: 300,
} as const

export function saidLine(entry: ChatPosted): Line {
  const { seq, at, from, text } = entry
  return { kind: 'said', key: `s${seq}`, seq, at, from, text }
}

export class ChatLog {
  private held: Line[] = []
  private aside: Line[] = []
  private isDetached = false
  private arrived = 0
  following = true
  /** Lines that arrived since the reader stopped following. */
  unread = 0

  get lines(): readonly Line[] {
    return this.held
  }

  /** Whether lines between the held ones and the newest are out of scrolling's reach. */
  get detached(): boolean {
    return this.isDetached
  }

  /** Lines added at the end so far; what a list watches to know that something arrived. */
  get total(): number {
    return this.arrived
  }

  add(lines: readonly Line[]): void {
    this.arrived += lines.length
    if (this.following) {
      this.held.push(...lines)
      const surplus = this.held.length - chatLogLimits.followingLinesMax
      if (surplus > 0) this.held.splice(0, surplus)
      return
    }
    this.unread += lines.length
    this.aside.push(...lines)
    const surplus = this.aside.length - chatLogLimits.asideLinesMax
    if (surplus > 0) this.aside.splice(0, surplus)
    const fits = this.held.length + lines.length <= chatLogLimits.readingLinesMax
    if (!this.isDetached && fits) this.held.push(...lines)
    else this.isDetached = true
  }

  /** Older lines from history, oldest first. Answers false when no more can be held. */
  addOlder(lines: readonly Line[]): boolean {
    const first = this.held[0]?.seq ?? Number.POSITIVE_INFINITY
    const older = lines.filter((line) => line.seq < first)
    const room = chatLogLimits.readingLinesMax - this.held.length
    if (room <= 0) return false
    this.held.unshift(...older.slice(-room))
    return this.held.length < chatLogLimits.readingLinesMax
  }

  stopFollowing(): void {
    if (!this.following) return
    this.following = false
    this.unread = 0
    this.aside = this.held.slice(-chatLogLimits.asideLinesMax)
  }

  follow(): void {
    if (this.following) return
    if (this.isDetached) this.held = this.aside
    this.held = this.held.slice(-chatLogLimits.followingLinesMax)
    this.aside = []
    this.isDetached = false
    this.following = true
    this.unread = 0
  }
}

/** A line joins the one above when the same person said it soon after. */
export function joins(line: Line, above: Line | undefined): boolean {
  const joinWithinMs = 120_000
  return (
    line.kind === 'said' &&
    above?.kind === 'said' &&
    above.from.id === line.from.id &&
    above.from.role === line.from.role &&
    line.at - above.at < joinWithinMs
  )
}
