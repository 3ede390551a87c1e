/** The floor of a room as a program uses it: `room.floor`. */
import type {
  Floor,
  FloorLeft,
  FloorRole,
  FloorSeated,
  FloorSilenced,
  HandRaised,
} from '@odeon/rooms/protocol'
import type { SendLive } from '../live/live-commands.ts'
import type { CommandOptions } from '../room/outbox.ts'
import type { Plain } from '../room/plain-state.ts'

export type FloorSnapshot = Plain<Floor>
type ValueOf<M> = M extends ReadonlyMap<string, infer Value> ? Value : never
/** Somebody with a seat; `isAudible` while the media carry their microphone. */
export type FloorSpeaker = { readonly id: string } & ValueOf<FloorSnapshot['speakers']>
/** A hand that is up. */
export type FloorHand = { readonly id: string } & ValueOf<FloorSnapshot['hands']>

/** The host's encoder: connected since `since`, or, while that is 0, lost at `lostAt`; Unix ms. */
export type FloorEncoder = FloorSnapshot['encoder']

export interface FloorOptions {
  send: SendLive
  state: () => FloorSnapshot | undefined
  you: () => { id: string; role: string }
}

/**
 * Seats, hands and invitations. Every call is refused with `not_allowed` to whom it is not for and
 * with `floor_closed` once the room is over.
 */
export class LiveFloor {
  readonly #options: FloorOptions
  readonly #send: SendLive

  constructor(options: FloorOptions) {
    this.#options = options
    this.#send = options.send
  }

  /** Seats, the host's included: 12 in a live room, 100 in a room of voices. */
  get seatsMax(): number {
    return this.#options.state()?.seatsMax ?? 0
  }

  /** Who may be seen or heard, by seat; the host's is 0. */
  get speakers(): FloorSpeaker[] {
    const speakers = this.#options.state()?.speakers ?? new Map<string, never>()
    return Array.from(speakers, ([id, speaker]) => ({ id, ...speaker })).sort(
      (one, other) => one.seat - other.seat,
    )
  }

  /** The queue, first come first: the same for everybody. */
  get hands(): FloorHand[] {
    const hands = this.#options.state()?.hands ?? new Map<string, never>()
    return Array.from(hands, ([id, hand]) => ({ id, ...hand })).sort(
      (one, other) => one.no - other.no,
    )
  }

  /** What sends for the host from outside of a browser; undefined while there is none. */
  get encoder(): FloorEncoder | undefined {
    const encoder = this.#options.state()?.encoder
    return encoder && encoder.since + encoder.lostAt > 0 ? encoder : undefined
  }

  /** What you are on the floor: whoever leads for an absent host is `host`, too. */
  get role(): FloorRole {
    const { id, role } = this.#options.you()
    const floor = this.#options.state()
    if (role === 'host' || floor?.leaderId === id) return 'host'
    if (role === 'moderator') return 'moderator'
    return floor?.speakers.has(id) ? 'speaker' : 'listener'
  }

  /** You may take a free seat now, without being invited. */
  get maySit(): boolean {
    const { role } = this
    const { isOpen = false, turnSeconds = 0, hands } = this.#options.state() ?? {}
    const others = (hands?.size ?? 0) - (hands?.has(this.#options.you().id) ? 1 : 0)
    return role !== 'listener' || (isOpen && (turnSeconds === 0 || others === 0))
  }

  /** Puts your hand up. Refused with `hand_up`, `already_seated`, `queue_full`, `timed_out`. */
  raiseHand(options?: CommandOptions): Promise<HandRaised> {
    return this.#send('floor.raise', {}, options)
  }

  /** Takes your hand down, or, for the crew, somebody else's. Refused with `hand_down`. */
  lowerHand(ask: { userId?: string } = {}, options?: CommandOptions): Promise<object> {
    return this.#send('floor.lower', ask, options)
  }

  /** Crew: takes all hands down. */
  lowerAll(options?: CommandOptions): Promise<object> {
    return this.#send('floor.clear', {}, options)
  }

  /**
   * Crew: asks somebody to speak. Resolves with when that ends, Unix ms. Refused with `not_here`,
   * `already_seated`, `invitations_full`.
   */
  invite(userId: string, options?: CommandOptions): Promise<{ until: number }> {
    return this.#send('floor.invite', { userId }, options)
  }

  /** Says no to your invitation; crew: takes back somebody's. Refused with `not_invited`. */
  decline(ask: { userId?: string } = {}, options?: CommandOptions): Promise<object> {
    return this.#send('floor.decline', ask, options)
  }

  /**
   * Takes a seat, or that one: the crew at will, others when invited or where seats are open.
   * Refused with `not_invited`, `already_seated`, `seat_taken`, `seats_full`, `timed_out`.
   */
  sit(ask: { seat?: number } = {}, options?: CommandOptions): Promise<FloorSeated> {
    return this.#send('floor.sit', ask, options)
  }

  /** Leaves your seat for the audience. Refused with `not_seated`. */
  stand(options?: CommandOptions): Promise<FloorLeft> {
    return this.#send('floor.stand', {}, options)
  }

  /** Crew: moves a speaker to the audience. Refused with `not_seated`, `outranked`. */
  remove(userId: string, options?: CommandOptions): Promise<FloorLeft> {
    return this.#send('floor.remove', { userId }, options)
  }

  /** Mutes or unmutes your microphone. Refused with `not_seated`, `silenced`. */
  mute(isMuted: boolean, options?: CommandOptions): Promise<{ isMuted: boolean }> {
    return this.#send('floor.mute', { isMuted }, options)
  }

  /**
   * Crew: takes a speaker's voice or gives it back. Refused with `not_seated`, `outranked`,
   * `already_so`.
   */
  silence(userId: string, isSilenced = true, options?: CommandOptions): Promise<FloorSilenced> {
    return this.#send('floor.silence', { userId, isSilenced }, options)
  }

  /** Host: who leads while you are away. Refused with `not_here`, `not_seated`. */
  nameSuccessor(
    userId: string | null,
    options?: CommandOptions,
  ): Promise<{ successorId: string | null }> {
    return this.#send('floor.successor', { userId }, options)
  }

  /** Host: whether anybody may take a free seat. */
  openSeats(isOpen: boolean, options?: CommandOptions): Promise<{ isOpen: boolean }> {
    return this.#send('floor.open', { isOpen }, options)
  }

  /**
   * Crew: how long guests may speak each, 30 to 1,800 s, or 0 without an end. The turns of those
   * who have a seat begin anew; `speaker.turnUntil` says when one is over.
   */
  giveTurns(seconds: number, options?: CommandOptions): Promise<{ seconds: number }> {
    return this.#send('floor.turns', { seconds }, options)
  }

  /**
   * Crew: gives a guest a whole turn from now on. Resolves with its end, Unix ms. Refused with
   * `not_seated`, `outranked`, `no_turns`.
   */
  giveTurn(userId: string, options?: CommandOptions): Promise<{ until: number }> {
    return this.#send('floor.turn', { userId }, options)
  }
}
