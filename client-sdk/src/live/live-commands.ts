/** What a program calls in a live room beyond chat: people, and the desk of its crew. */
import type { ActionTaken, CrewDesk, LiveCommands } from '@odeon/rooms/protocol'
import type { CommandOptions } from '../room/outbox.ts'

/** Sends one of the room's commands; resolves with its reply. */
export type SendLive = <Name extends keyof LiveCommands>(
  command: Name,
  ask: LiveCommands[Name]['ask'],
  options?: CommandOptions,
) => Promise<LiveCommands[Name]['reply']>

/** Somebody, and why: told to them, kept in the audit log, at most 200 characters. */
export interface AboutPerson {
  userId: string
  reason?: string
}

/**
 * What hosts and moderators do about people. Every call is refused with `not_allowed` to others,
 * with `no_such_person`, with `not_yourself`, and with `outranked` for somebody of one's own rank
 * or above. Replies may be undone for five minutes: `room.crew.undo(action.id)`.
 */
export class LiveMembers {
  readonly #send: SendLive

  constructor(send: SendLive) {
    this.#send = send
  }

  /** Mutes somebody here for `seconds` (600 unless told) and takes out what they said. */
  timeout(
    ask: AboutPerson & { seconds?: number; purge?: boolean },
    options?: CommandOptions,
  ): Promise<ActionTaken> {
    return this.#send('member.timeout', ask, options)
  }

  /** Ends a mute. Refused with `not_sanctioned` when there is none. */
  untimeout(ask: { userId: string }, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('member.untimeout', ask, options)
  }

  /** Mutes somebody in this channel without an end. They may still watch. */
  ban(ask: AboutPerson & { purge?: boolean }, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('member.ban', ask, options)
  }

  /** Lifts a ban. Refused with `not_sanctioned` when there is none. */
  unban(ask: { userId: string }, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('member.unban', ask, options)
  }

  /** Tells somebody off; they hear it as `moderation.warned`. */
  warn(ask: AboutPerson, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('member.warn', ask, options)
  }

  /** Host: makes somebody moderator or VIP. Refused with `already_so`, `too_many`. */
  grant(
    ask: { userId: string; role: 'moderator' | 'vip' },
    options?: CommandOptions,
  ): Promise<ActionTaken> {
    return this.#send('role.grant', ask, options)
  }

  /** Host: takes it back. Refused with `already_so`. */
  revoke(
    ask: { userId: string; role: 'moderator' | 'vip' },
    options?: CommandOptions,
  ): Promise<ActionTaken> {
    return this.#send('role.revoke', ask, options)
  }
}

/** The desk of hosts and moderators; others are refused with `not_allowed`. */
export class LiveCrew {
  readonly #send: SendLive

  constructor(send: SendLive) {
    this.#send = send
  }

  /** What waits and what was done. Read it after joining; then words keep it true. */
  read(options?: CommandOptions): Promise<CrewDesk> {
    return this.#send('crew.read', {}, options)
  }

  /** Lets a held line through or not. Refused with `already_decided` when somebody was faster. */
  decide(id: string, allow: boolean, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('held.decide', { id, allow }, options)
  }

  /** Undoes an action of the last five minutes, once. Refused with `no_such_action`. */
  undo(actionId: string, options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('moderation.undo', { actionId }, options)
  }
}
