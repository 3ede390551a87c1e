/** Gifts of a live room. What the stream has come to is in `room.state.gifts`. */
import type { GiftReply, GoalChanged } from '@odeon/rooms/protocol'
import type { SendLive } from '../live/live-commands.ts'
import type { CommandOptions } from '../room/outbox.ts'

export class LiveGifts {
  readonly #send: SendLive

  constructor(send: SendLive) {
    this.#send = send
  }

  /**
   * Gives `quantity` (1–999) of a gift to the host. Coins move once, whatever the connection does
   * meanwhile; resolves when they have, with what is left. Refused with `insufficient_coins`,
   * `unknown_gift`, `tier_needed`, `not_live`, `host_away`, `own_stream`, `accounts_only`,
   * `wallet_frozen`, `ledger_busy`, `no_wallet`, `timed_out`, `banned`, `rate_limited`, `busy`.
   */
  send(gift: { giftId: string; quantity?: number }, options?: CommandOptions): Promise<GiftReply> {
    return this.#send('gift.send', { quantity: 1, ...gift }, options)
  }

  /** A goal in coins from now on, or none; the host's. Refused with `no_change`, `not_allowed`. */
  setGoal(
    goal: { title?: string; targetCoins: number } | null,
    options?: CommandOptions,
  ): Promise<GoalChanged> {
    const asked = goal && { title: '', ...goal }
    return this.#send('goal.set', { goal: asked }, options)
  }
}
