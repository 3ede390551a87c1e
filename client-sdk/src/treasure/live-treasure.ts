/** The treasure box of a live room. What is true now is in `room.state.treasure`. */
import type { TreasureClaimReply, TreasureFundReply } from '@odeon/rooms/protocol'
import type { SendLive } from '../live/live-commands.ts'
import type { CommandOptions } from '../room/outbox.ts'

export interface TreasureTerms {
  /** 10–1,000,000: what is put aside. */
  coins: number
  /** 1–50: how many are lucky at most. */
  shares: number
  /** 5–1,800: when it may be claimed. */
  opensInSeconds: number
  /** 10–120: how long; 30 when left out. */
  openSeconds?: number
}

export interface LiveTreasureParts {
  send: SendLive
  boxId: () => string
  newLuck: () => string
}

export class LiveTreasure {
  readonly #parts: LiveTreasureParts

  constructor(parts: LiveTreasureParts) {
    this.#parts = parts
  }

  /**
   * Fills a box; the host's. Coins are put aside once, whatever the connection does meanwhile. What
   * nobody draws comes back. Refused with `box_there`, `coins_below_shares`, `insufficient_coins`,
   * `wallet_frozen`, `ledger_busy` (with `retryAfterMs`), `not_live`, `no_treasure`, `not_allowed`.
   */
  fund(terms: TreasureTerms, options?: CommandOptions): Promise<TreasureFundReply> {
    return this.#parts.send('treasure.fund', { openSeconds: 30, ...terms }, options)
  }

  /**
   * Takes part in the draw of the box that is open; who is lucky tells `treasure.drawn`. `luck`
   * (1–64 of `A–Z a–z 0–9 _ -`) is mixed into it; the ticket in the reply is yours to look for.
   * Refused with `box_not_open`, `box_over`, `came_later`, `already_claimed`, `own_box`, `no_box`,
   * `box_full`, `ledger_busy` (with `retryAfterMs`), `account_required`, `not_live`, `no_treasure`,
   * `timed_out`, `banned`. A claim that was taken is answered with its ticket whenever it is asked
   * again with the same luck.
   */
  claim(
    { luck = this.#parts.newLuck() }: { luck?: string } = {},
    options?: CommandOptions,
  ): Promise<TreasureClaimReply> {
    return this.#parts.send('treasure.claim', { boxId: this.#parts.boxId(), luck }, options)
  }
}
