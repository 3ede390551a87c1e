/** What actions of chat and moderation see, and what a room keeps of them beside state and log. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { type Keeping, Memory } from '../kit/memory.ts'
import type { LiveState } from '../live/state.ts'
import type { CrewActions } from '../moderation/crew-actions.ts'
import type { HeldLines } from '../moderation/held-lines.ts'
import type { Standings } from '../moderation/standings.ts'
import type { ChannelDesk, Moderation, Notices } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import { DelayQueue } from './delay-queue.ts'
import { Paces } from './paces.ts'
import { People } from './people.ts'
import type { ChatModes } from './protocol.ts'
import { RecentTexts } from './recent-texts.ts'
import { Turns } from './turns.ts'

export interface ChatScope extends Scope<LiveState, LiveEvents> {
  readonly moderation: Moderation
  readonly channels: ChannelDesk
  readonly notices: Notices
  readonly tally: { message(memberId: string): void }
  readonly chat: ChatHouse
  readonly standings: Standings
  readonly held: HeldLines
  readonly actions: CrewActions
  /** Number of the newest entry. */
  head(): number
  /** Somebody who is here. */
  present(userId: string): Member | undefined
  /** Another role for somebody who is here: the crew list of the state follows. */
  assign(userId: string, role: Member['role']): void
  /** Asks anew how somebody stands here who is here. */
  refresh(userId: string): Promise<void>
  /** Work nobody waits for; a failure is logged with these words. */
  aside(work: Promise<unknown>, failure: string): void
  /** Looks at delayed lines again at the next one's time. */
  wake(): void
}

/** Chat's own memory. What waits outlives its process where there is a journal. */
export class ChatHouse {
  /** Modes that hold: those everybody has been shown. */
  modes: ChatModes = {
    slowSeconds: 0,
    followersMinutes: -1,
    subscribersOnly: false,
    emoteOnly: false,
    unique: false,
    delaySeconds: 0,
  }
  holdSuspicious = true
  hasReviewer = false
  /** Emotes of the channel, code to id. */
  emotes: ReadonlyMap<string, string> = new Map()
  readonly people = new People()
  readonly turns = new Turns()
  readonly paces = new Paces()
  readonly recent = new RecentTexts()
  readonly delayed: DelayQueue
  /** Changes of modes that the channel does not know yet. */
  modesUnsaved = 0
  /** Counts up with every change of modes here. */
  modesChanged = 0

  readonly #pinned: Keeping<string>
  #pinnedFrom: string

  constructor(memory: Memory = new Memory()) {
    this.delayed = new DelayQueue(memory.keep('chat.delayed', () => this.delayed.all.slice()))
    this.#pinned = memory.keep('chat.pinnedFrom', () => this.#pinnedFrom)
    this.#pinnedFrom = this.#pinned.before ?? ''
  }

  /** Who said the pinned line, which the log may have let go of already. */
  get pinnedFrom(): string {
    return this.#pinnedFrom
  }

  set pinnedFrom(userId: string) {
    this.#pinnedFrom = userId
    this.#pinned.changed()
  }

  get delayMs(): number {
    return this.modes.delaySeconds * 1_000
  }
}

export function isCrew({ role }: Pick<Member, 'role'>): boolean {
  return role !== 'viewer'
}
