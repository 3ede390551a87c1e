/** Battles of a live room. What is true now is in `room.state.battle`. */
import type { BattlePower, BattleReply } from '@odeon/rooms/protocol'
import type { RoomMedia } from '../media/room-media.ts'
import type { SendLive } from '../live/live-commands.ts'
import type { CommandOptions } from '../room/outbox.ts'

export interface BattleChallenge {
  /** One to three streams that are live. */
  rivals: string[]
  /** One of three rivals, who fights on your side: two against two. */
  partner?: string
  /** 1–30; 5 when left out. */
  minutes?: number
  /** Only this gift counts. */
  giftId?: string
  /** What the losing side does afterwards; at most 80 characters. */
  terms?: string
}

export interface LiveBattlesParts {
  send: SendLive
  battleId: () => string
  visit: (streamId: string) => RoomMedia
}

/**
 * All but `media` are the host's; each is refused to others with `not_allowed`, and with
 * `no_battles`, `not_live`.
 */
export class LiveBattles {
  readonly #send: SendLive
  readonly #battleId: () => string
  readonly #visit: (streamId: string) => RoomMedia
  readonly #visited = new Map<string, RoomMedia>()

  constructor({ send, battleId, visit }: LiveBattlesParts) {
    this.#send = send
    this.#battleId = battleId
    this.#visit = visit
  }

  /**
   * Picture and sound of another side, as `room.media` has those of the own; to look and listen,
   * from the countdown until the battle is over. The same object for the same stream.
   */
  media(streamId: string): RoomMedia {
    const media = this.#visited.get(streamId) ?? this.#visit(streamId)
    this.#visited.set(streamId, media)
    return media
  }

  /**
   * Challenges other streams; they have 10 s to accept. Refused with `own_battle`,
   * `unknown_rival`, `not_for_voices`, `unknown_gift`, `battle_busy`, `battle_declined`.
   */
  invite(challenge: BattleChallenge, options?: CommandOptions): Promise<BattleReply> {
    return this.#send('battle.invite', { minutes: 5, terms: '', ...challenge }, options)
  }

  /** Refused with `no_battle` when the invitation is over. */
  accept(options?: CommandOptions): Promise<BattleReply> {
    return this.#send('battle.answer', { battleId: this.#battleId(), accept: true }, options)
  }

  /** Also takes the own invitation back. */
  decline(options?: CommandOptions): Promise<BattleReply> {
    return this.#send('battle.answer', { battleId: this.#battleId(), accept: false }, options)
  }

  /** Gives up a battle that has begun, or takes the own invitation back. */
  leave(options?: CommandOptions): Promise<BattleReply> {
    return this.#send('battle.leave', { battleId: this.#battleId() }, options)
  }

  /**
   * `mist` hides the own points from the rivals for 30 s, once; `overtime` moves the bell by 10 s
   * for who is behind in the last 30. Refused with `wrong_battle_phase`, `power_used`,
   * `not_trailing`.
   */
  use(power: BattlePower, options?: CommandOptions): Promise<BattleReply> {
    return this.#send('battle.use', { battleId: this.#battleId(), power }, options)
  }
}
