/** Media of one open room: who may be there and send what is the room's to say, LiveKit follows. */
import { Refusal, refuse } from '@odeon/rooms'
import type { Logger, MediaGrant, MediaOwner, RoomMedia } from '@odeon/rooms/ports'
import {
  kitRefusals,
  mediaIdentity,
  mediaRefusals,
  type MediaSource,
  type MediaTicket,
  mediaTab,
  personOfMedia,
} from '@odeon/rooms/protocol'
import type { ParticipantInfo } from 'livekit-server-sdk'
import { agrees, mintTicket } from './grants.ts'
import { isHouse } from './house-participant.ts'
import type { MediaEvent } from './media-event.ts'
import type { MediaMeter } from './media-meter.ts'
import type { RoomCalls } from './room-calls.ts'
import { RoomPeople } from './room-people.ts'
import type { LiveKitAddress } from './settings.ts'
import { isFalse } from './tracks.ts'

/** Where LiveKit is while it answers. */
export interface Reach {
  at: LiveKitAddress
  calls: RoomCalls
}

type Identified = Pick<ParticipantInfo, 'identity'>

export interface LiveKitRoomDeps {
  roomId: string
  owner: MediaOwner
  /** Undefined while there is none. */
  reach(): Reach | undefined
  /** A call failed: is LiveKit there still? */
  doubt(error: unknown): void
  closed(room: LiveKitRoom): void
  /** Something was not done: compare this one soon. */
  again(room: LiveKitRoom): void
  /** The room is over: nobody may come again with what they hold. */
  over(roomId: string): void
  /** LiveKit did not hear that the room is over. */
  unended(roomId: string): void
  now(): number
  meter: MediaMeter
  log: Logger
}

/** Of one connection; programs of ours send one of each source. */
const tracksMax = 8
/** People whose rights are taken side by side, of many who lose them at one time. */
const settledAtOnceMax = 50

export class LiveKitRoom implements RoomMedia {
  readonly #deps: LiveKitRoomDeps
  readonly #people: RoomPeople
  /** By person: the change under way, and whether another one follows. */
  readonly #settling = new Map<string, { done: Promise<boolean>; next?: Promise<boolean> }>()
  #isOpen = true
  #comparing: Promise<number | undefined> | undefined

  constructor(deps: LiveKitRoomDeps) {
    this.#deps = deps
    this.#people = new RoomPeople((...said) => {
      if (this.#isOpen) deps.owner.sends(...said)
    })
  }

  get id(): string {
    return this.#deps.roomId
  }

  /** People LiveKit told of, with tickets that are not used yet. */
  get size(): number {
    return this.#people.size
  }

  /** By person who is connected: what they send. */
  get present(): ReadonlyMap<string, ReadonlySet<MediaSource>> {
    return this.#people.present()
  }

  turned(isUp: boolean): void {
    if (!this.#isOpen) return
    if (!isUp) this.#people.clear()
    this.#deps.owner.turned(isUp)
  }

  async ticket(person: { id: string; name: string }, tab: string): Promise<MediaTicket> {
    const { reach, owner, roomId, now } = this.#deps
    const there = this.#isOpen ? reach() : undefined
    if (there === undefined) refuse(mediaRefusals, 'media_unavailable')
    if (!mediaTab.safeParse(tab).success) throw new Refusal('invalid', kitRefusals.invalid)
    const grant = owner.grantOf(person.id, mediaIdentity(person.id, tab))
    if (grant === null) refuse(kitRefusals, 'not_allowed')
    const ticket = await mintTicket(there.at, { roomId, person, tab, grant, now: now() })
    await this.#remove(this.#people.ticketed(ticket.identity, ticket.expiresAt))
    return ticket
  }

  /** Changes of one person come one after the other; what waits is what will be true then. */
  settle(userId: string): Promise<boolean> {
    const running = this.#settling.get(userId)
    if (running === undefined) return this.#begin(userId)
    running.next ??= running.done.then(() => this.#begin(userId))
    return running.next
  }

  async putOutUngranted(): Promise<boolean> {
    const { owner } = this.#deps
    const isUngranted = (userId: string) =>
      this.#people.identitiesOf(userId).some((one) => owner.grantOf(userId, one) === null)
    // Of whom another room let look in, nothing may be known here.
    if (this.#isOpen) this.#deps.again(this)
    const all = this.#people.ids.filter(isUngranted)
    let isDone = this.#deps.reach() !== undefined
    while (all.length > 0 && this.#isOpen) {
      const some = all.splice(0, settledAtOnceMax).map((userId) => this.settle(userId))
      isDone = (await Promise.all(some)).every(Boolean) && isDone
    }
    return isDone
  }

  release(): void {
    this.#isOpen = false
    this.#deps.closed(this)
  }

  async end(isOver: boolean): Promise<void> {
    if (!this.#isOpen) return
    this.release()
    if (isOver) this.#deps.over(this.id)
    const isEnded = await this.#ask(async ({ calls }) => {
      await calls.end(this.id)
      return true
    })
    if (!isEnded && isOver) this.#deps.unended(this.id)
  }

  /** LiveKit told of something in this room. */
  hear(event: MediaEvent): void {
    if (!this.#isOpen || event.participant === undefined) return
    const { identity, sid } = event.participant
    if (event.kind === 'left') this.#people.gone(identity, sid)
    else if (event.kind === 'joined') this.#met(event.participant)
    else if (event.isFalse) this.#lied(event.participant)
    else if (event.trackSid !== undefined) {
      this.#people.track(event.participant, event.trackSid, event.source)
      this.#checkSource(event.participant, event.source)
    }
  }

  /**
   * Compares all of LiveKit's room with what is granted. Resolves with how many are there;
   * undefined when LiveKit did not say.
   */
  compare(): Promise<number | undefined> {
    this.#comparing ??= this.#compare().finally(() => {
      this.#comparing = undefined
    })
    return this.#comparing
  }

  async #compare(): Promise<number | undefined> {
    this.#people.forgetUnused(this.#deps.now())
    this.#people.look()
    const there = await this.#ask(({ calls }) => calls.people(this.id))
    if (there === undefined || !this.#isOpen) return undefined
    const all = there.filter((one) => !isHouse(one))
    this.#people.are(all)
    for (const one of all) {
      if (one.tracks.length > tracksMax || one.tracks.some(isFalse)) this.#lied(one)
      else this.#check(one)
    }
    return all.length
  }

  #met(participant: ParticipantInfo): void {
    this.#people.joined(participant)
    this.#check(participant)
  }

  #check(participant: ParticipantInfo): void {
    const userId = personOfMedia(participant.identity)
    const grant = this.#deps.owner.grantOf(userId, participant.identity)
    if (grant === null || !agrees(participant, grant)) void this.settle(userId)
    // An old ticket that was put out lets in once more.
    void this.#remove(this.#people.tooMany(userId))
  }

  /** That they came may not have been told, nor what they were let since. */
  #checkSource({ identity }: Identified, source: MediaSource | undefined): void {
    const userId = personOfMedia(identity)
    if (this.#people.tracksOf(identity) > tracksMax) this.#lied({ identity })
    else if (source !== undefined) {
      const grant = this.#deps.owner.grantOf(userId, identity)
      if (!grant?.publish.includes(source)) void this.settle(userId)
    }
  }

  /** No track can be stopped but by its sender: the connection is ended. */
  #lied({ identity }: Identified): void {
    this.#deps.log.warn({ identity, room: this.id }, 'somebody sends what is not what it says')
    void this.#remove([identity], 'false_track')
  }

  async #remove(
    identities: readonly string[],
    reason: 'too_many_tabs' | 'false_track' = 'too_many_tabs',
  ): Promise<void> {
    for (const identity of identities) {
      this.#deps.meter.putOut(reason)
      this.#people.gone(identity)
      await this.#ask(({ calls }) => calls.remove(this.id, identity))
    }
  }

  #begin(userId: string): Promise<boolean> {
    const done = this.#settle(userId).finally(() => {
      if (this.#settling.get(userId)?.done === done) this.#settling.delete(userId)
    })
    this.#settling.set(userId, { done })
    return done
  }

  async #settle(userId: string): Promise<boolean> {
    const { owner, roomId } = this.#deps
    const all = this.#people.identitiesOf(userId).map(async (identity) => {
      const grant = owner.grantOf(userId, identity)
      const isDone = await this.#ask(async ({ calls }) => {
        if (grant === null) await calls.remove(roomId, identity)
        else await calls.allow(roomId, identity, this.#seen(identity, grant))
        return true
      })
      if (isDone && grant === null) {
        this.#people.gone(identity)
        this.#deps.meter.putOut('not_granted')
      }
      return isDone === true
    })
    if (this.#deps.reach() === undefined) return false
    const isDone = (await Promise.all(all)).every(Boolean)
    if (!isDone && this.#isOpen) this.#deps.again(this)
    return isDone
  }

  /** Of whoever is hidden nobody is told any more: first they hear that nothing is sent. */
  #seen(identity: string, grant: MediaGrant): MediaGrant {
    return this.#people.tracksOf(identity) > 0 ? { ...grant, isHidden: false } : grant
  }

  /** Undefined when LiveKit was not reached, or said no. */
  async #ask<T>(work: (reach: Reach) => Promise<T>): Promise<T | undefined> {
    const there = this.#deps.reach()
    if (there === undefined) return undefined
    try {
      return await work(there)
    } catch (err) {
      this.#deps.log.warn({ err, room: this.id }, 'LiveKit did not do what a room asked')
      this.#deps.doubt(err)
      return undefined
    }
  }
}
