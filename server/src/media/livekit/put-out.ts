/** Ends connections that no room lets be, each of them once, however often it is found. */
import { isMediaIdentity } from '@odeon/rooms/protocol'
import type { ParticipantInfo } from 'livekit-server-sdk'
import type { Asks } from './asks.ts'
import type { MediaMeter, PutOutReason } from './media-meter.ts'
import type { RoomPeople } from './room-people.ts'

type Identified = Pick<ParticipantInfo, 'identity'>

/** Of a name that can be of any length, what is logged. */
const loggedMax = 100

export interface PutOutDeps {
  roomId: string
  people: RoomPeople
  asks: Asks
  meter: MediaMeter
  /** False when the room is over, or another process has it and looks itself. */
  isOpen(): boolean
  /** Somebody is put out, and may come again with what they hold. */
  began(): void
}

export class PutOut {
  readonly #deps: PutOutDeps
  /** LiveKit is asked to end these, and did not answer yet. */
  readonly #leaving = new Set<string>()

  constructor(deps: PutOutDeps) {
    this.#deps = deps
  }

  /** LiveKit is asked to end it at this moment. */
  isOn(identity: string): boolean {
    return this.#leaving.has(identity)
  }

  /** The oldest of one person's, beyond what one may have. */
  tooMany(identities: readonly string[]): Promise<void> {
    return this.#all(identities, 'too_many_tabs')
  }

  /** No track can be stopped but by its sender: the connection is ended. */
  liars(some: readonly Identified[]): void {
    this.#warned(some, 'false_track', 'somebody sends what is not what it says')
  }

  /** LiveKit adds to the name of whoever asks: they are nobody of this house. */
  misnamed(some: readonly Identified[]): void {
    this.#warned(some, 'false_identity', 'somebody came by a name that no ticket has')
  }

  #warned(some: readonly Identified[], reason: PutOutReason, text: string): void {
    const { asks, roomId: room } = this.#deps
    const identities = some.map(({ identity }) => identity)
    for (const one of identities) {
      asks.log.warn({ identity: one.slice(0, loggedMax), room }, text)
    }
    void this.#all(identities, reason)
  }

  /** All are forgotten at once, so that nobody finds them again meanwhile. */
  async #all(identities: readonly string[], reason: PutOutReason): Promise<void> {
    const { people, meter } = this.#deps
    for (const identity of identities) if (isMediaIdentity(identity)) people.gone(identity)
    const some = identities.filter((identity) => !this.#leaving.has(identity))
    for (const identity of some) {
      this.#leaving.add(identity)
      meter.putOut(reason)
    }
    if (some.length > 0) this.#deps.began()
    await Promise.all(some.map((identity) => this.#end(identity)))
  }

  async #end(identity: string): Promise<void> {
    const { roomId, asks, isOpen } = this.#deps
    await asks.ask('putOut', roomId, async (calls) => {
      if (isOpen()) await calls.remove(roomId, identity)
    })
    this.#leaving.delete(identity)
  }
}
