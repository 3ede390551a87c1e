/** Makes the connections of people what their room grants, one change of a person at a time. */
import type { MediaGrant, MediaOwner } from '@odeon/rooms/ports'
import type { Asks } from './asks.ts'
import type { MediaMeter } from './media-meter.ts'
import type { RoomPeople } from './room-people.ts'

export interface SettlingDeps {
  roomId: string
  owner: MediaOwner
  people: RoomPeople
  asks: Asks
  meter: MediaMeter
  /** False when the room is over, or another process has it: nothing is to be done any more. */
  isOpen(): boolean
  /** Something was not done. */
  failed(): void
}

export class Settling {
  readonly #deps: SettlingDeps
  /** By person: the change under way, and whether another one follows. */
  readonly #settling = new Map<string, { done: Promise<boolean>; next?: Promise<boolean> }>()

  constructor(deps: SettlingDeps) {
    this.#deps = deps
  }

  /** Changes of one person come one after the other; what waits is what will be true then. */
  settle(userId: string): Promise<boolean> {
    const running = this.#settling.get(userId)
    if (running === undefined) return this.#begin(userId)
    running.next ??= running.done.then(() => this.#begin(userId))
    return running.next
  }

  #begin(userId: string): Promise<boolean> {
    const done = this.#settle(userId).finally(() => {
      if (this.#settling.get(userId)?.done === done) this.#settling.delete(userId)
    })
    this.#settling.set(userId, { done })
    return done
  }

  async #settle(userId: string): Promise<boolean> {
    const { people, asks, isOpen, failed } = this.#deps
    const all = people.identitiesOf(userId).map((identity) => this.#settleOne(userId, identity))
    if (asks.reach === undefined) return false
    const isDone = (await Promise.all(all)).every(Boolean)
    if (!isDone && isOpen()) failed()
    return isDone
  }

  async #settleOne(userId: string, identity: string): Promise<boolean> {
    const { roomId, owner, people, asks, meter, isOpen } = this.#deps
    const done = await asks.ask('rights', roomId, async (calls) => {
      // It may have waited: what counts is what the room says now, while it has a say.
      if (!isOpen()) return undefined
      const grant = owner.grantOf(userId, identity)
      if (grant === null) await calls.remove(roomId, identity)
      else await calls.allow(roomId, identity, this.#seen(identity, grant))
      return { isOut: grant === null }
    })
    if (done?.isOut) {
      people.gone(identity)
      meter.putOut('not_granted')
    }
    return done !== undefined
  }

  /** Of whoever is hidden nobody is told any more: first they hear that nothing is sent. */
  #seen(identity: string, grant: MediaGrant): MediaGrant {
    return this.#deps.people.tracksOf(identity) > 0 ? { ...grant, isHidden: false } : grant
  }
}
