/**
 * A room that pages share for as long as any of them shows it: entered by the first, left a moment
 * after the last, entered again when the person changes, the server was away or a tab comes back.
 */
import { Refusal } from '@odeon/sdk'

export interface Keepable {
  readonly state: unknown
  readonly connection: 'live' | 'resuming' | 'closed'
  readonly closeReason: string | undefined
  readonly onState: (call: () => void) => () => void
  readonly onConnection: (call: () => void) => () => void
  leave(): Promise<void>
}

/** `away`: nothing to be had now, tried again by itself. `refused`: not for this person. */
export type KeptStatus = 'entering' | 'live' | 'resuming' | 'away' | 'refused'

export interface KeptView<Room extends Keepable> {
  status: KeptStatus
  room: Room | undefined
  /** What was seen last; also while the room is away. */
  state: Room['state'] | undefined
}

export const keptLimits = { lingerMs: 1_000, retryFirstMs: 1_000, retryLongestMs: 30_000 } as const

const passing: ReadonlySet<string> = new Set([
  'busy',
  'rate_limited',
  'room_full',
  'too_many_seats',
])
const isPassing = (error: unknown) => !(error instanceof Refusal) || passing.has(error.code)

export class KeptRoom<Room extends Keepable> {
  readonly #join: () => Promise<Room>
  readonly #listeners = new Set<() => void>()
  #view: KeptView<Room> = { status: 'entering', room: undefined, state: undefined }
  #who: string | undefined
  #holders = 0
  #tries = 0
  /** Entering that was overtaken by something else finds another number here. */
  #round = 0
  #entering: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(join: () => Promise<Room>) {
    this.#join = join
  }

  readonly view = (): KeptView<Room> => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Wants the room as this person; the result gives it back. */
  readonly hold = (who: string): (() => void) => {
    clearTimeout(this.#timer)
    this.#holders += 1
    if (this.#who !== who) {
      this.#drop()
      this.#who = who
      this.enterAgain()
    }
    return () => {
      this.#holders -= 1
      if (this.#holders > 0) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        this.#drop()
        this.#who = undefined
      }, keptLimits.lingerMs)
    }
  }

  /** Now instead of after the pause; nothing to do while the room is there or on its way. */
  readonly enterAgain = (): void => {
    const isOnItsWay = this.#entering === this.#round
    if (this.#who === undefined || this.#view.room !== undefined || isOnItsWay) return
    this.#round += 1
    this.#entering = this.#round
    const round = this.#round
    void this.#enter(round).finally(() => {
      if (this.#entering === round) this.#entering = undefined
    })
  }

  async #enter(round: number): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const room = await this.#join()
      if (round !== this.#round) return void room.leave()
      this.#tries = 0
      const isOurs = () => round === this.#round
      room.onState(() => isOurs() && this.#show({ ...this.#view, state: room.state }))
      room.onConnection(() => isOurs() && this.#connectionOf(room))
      this.#show({ status: 'live', room, state: room.state })
      this.#connectionOf(room)
    } catch (error) {
      if (round !== this.#round) return
      if (isPassing(error)) this.#later(error instanceof Refusal ? error.retryAfterMs : 0)
      else this.#show({ ...this.#view, status: 'refused', room: undefined })
    }
  }

  #connectionOf(room: Room): void {
    const { connection, closeReason } = room
    if (connection !== 'closed') return this.#show({ status: connection, room, state: room.state })
    const state = this.#view.state
    // A newer tab took the place, or somebody else is here now: no reason to fight for it.
    const isMine = closeReason !== 'replaced' && closeReason !== 'signed_out'
    if (isMine) this.#later(0)
    else this.#show({ status: 'away', room: undefined, state })
  }

  #later(atLeastMs = 0): void {
    const { retryFirstMs, retryLongestMs } = keptLimits
    const spanMs = Math.min(retryLongestMs, retryFirstMs * 2 ** this.#tries)
    this.#tries += 1
    this.#show({ ...this.#view, status: 'away', room: undefined })
    clearTimeout(this.#timer)
    const waitMs = Math.max(atLeastMs, spanMs * (0.5 + Math.random() / 2))
    this.#timer = setTimeout(() => this.enterAgain(), waitMs)
  }

  #drop(): void {
    this.#round += 1
    this.#tries = 0
    const { room } = this.#view
    this.#show({ status: 'entering', room: undefined, state: undefined })
    void room?.leave()
  }

  #show(view: KeptView<Room>): void {
    const { status, room, state } = this.#view
    if (status === view.status && room === view.room && state === view.state) return
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}
