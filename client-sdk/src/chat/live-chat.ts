/** Chat of a live room as a program uses it: `room.chat`. */
import type { ActionTaken, ChatModes, ChatPosted, ChatSendReply } from '@odeon/rooms/protocol'
import type { SendLive } from '../live/live-commands.ts'
import type { CommandOptions } from '../room/outbox.ts'

export interface SayOptions extends CommandOptions {
  /** Id of the line this one answers. Refused with `no_such_line` when it is gone. */
  replyTo?: string
  /** `/me`: an action, shown without a colon. */
  isAction?: boolean
}

export class LiveChat {
  readonly #send: SendLive

  constructor(send: SendLive) {
    this.#send = send
  }

  /**
   * Says something to everybody; resolves with the posted entry, or with what it waits for
   * (`isWaiting`); then `chat.outcome` tells what became of it. Refused with `chat_closed`,
   * `timed_out`, `banned`, `text_too_long`, `slow_mode`, `followers_only`, `followed_too_short`,
   * `subscribers_only`, `emote_only`, `not_unique`, `blocked_text`, `reviewer_denied`,
   * `reviewer_away`, `no_such_line`, `too_many`, `invalid`, `rate_limited`, `busy`; where waiting
   * helps, with `retryAfterMs`.
   */
  send(text: string, options: SayOptions = {}): Promise<ChatSendReply> {
    const { replyTo, isAction, ...rest } = options
    const said = { text, ...(replyTo !== undefined && { replyTo }), ...(isAction && { isAction }) }
    return this.#send('chat.send', said, rest)
  }

  /**
   * Takes a line out: an own one (resolves with null), or, for the crew, anybody's. Refused with
   * `no_such_line`.
   */
  delete(id: string, options?: CommandOptions): Promise<ActionTaken | null> {
    return this.#send('chat.delete', { id }, options)
  }

  /** Crew: takes out everything said so far. */
  clear(options?: CommandOptions): Promise<ActionTaken> {
    return this.#send('chat.clear', {}, options)
  }

  /** Crew: pins a line for an hour (or `forMs`, 1 min to 24 h), or unpins with null. */
  pin(id: string | null, options: CommandOptions & { forMs?: number } = {}): Promise<ActionTaken> {
    const { forMs, ...rest } = options
    return this.#send('chat.pin', { id, ...(forMs !== undefined && { forMs }) }, rest)
  }

  /** Crew: says something that everybody notices. */
  announce(text: string, options?: CommandOptions): Promise<ChatPosted> {
    return this.#send('chat.announce', { text }, options)
  }

  /** Crew: changes some modes; resolves with all of them. `state.chat` holds them. */
  modes(modes: Partial<ChatModes>, options?: CommandOptions): Promise<ChatModes> {
    return this.#send('chat.modes', { modes }, options)
  }
}
