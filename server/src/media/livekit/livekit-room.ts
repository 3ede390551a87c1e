/** Media of one open room: who may be there and send what is the room's to say, LiveKit follows. */
import { Refusal, refuse } from '@odeon/rooms'
import type { MediaOwner, RoomMedia } from '@odeon/rooms/ports'
import {
  isMediaIdentity,
  kitRefusals,
  mediaIdentity,
  mediaRefusals,
  type MediaSource,
  type MediaTicket,
  mediaTab,
  personOfMedia,
} from '@odeon/rooms/protocol'
import type { ParticipantInfo } from 'livekit-server-sdk'
import type { Asks } from './asks.ts'
import { agrees, mintTicket } from './grants.ts'
import { isHouse } from './house-participant.ts'
import type { MediaEvent } from './media-event.ts'
import type { MediaMeter } from './media-meter.ts'
import { PutOut } from './put-out.ts'
import { RoomPeople } from './room-people.ts'
import { type Sender, sentTooMuch } from './sent-too-much.ts'
import { tokensHeldMs } from './rooms-over.ts'
import { Settling } from './settling.ts'
import { isFalse, sourceOfTrack } from './tracks.ts'

type Identified = Pick<ParticipantInfo, 'identity'>

const isNamed = ({ identity }: Identified): boolean => isMediaIdentity(identity)
const isLiar = ({ tracks }: ParticipantInfo): boolean => tracks.some(isFalse)
const senderOf = ({ identity, tracks }: ParticipantInfo): Sender => {
  return { identity, sources: tracks.flatMap((track) => sourceOfTrack(track) ?? []) }
}
const byPerson = (all: readonly ParticipantInfo[]) =>
  Map.groupBy(all, ({ identity }) => personOfMedia(identity))

export interface LiveKitRoomDeps {
  roomId: string
  owner: MediaOwner
  asks: Asks
  closed(room: LiveKitRoom): void
  /** Something was not done: compare this one soon. */
  again(room: LiveKitRoom): void
  /** The room is over: nobody may come again with what they hold. */
  over(roomId: string): void
  /** LiveKit did not hear that the room is over. */
  unended(roomId: string): void
  now(): number
  meter: MediaMeter
}

export class LiveKitRoom implements RoomMedia {
  readonly #deps: LiveKitRoomDeps
  readonly #people: RoomPeople
  readonly #settling: Settling
  readonly #putOut: PutOut
  #isOpen = true
  /** Until when who was put out may come again with what they hold, Unix ms. */
  #watchedUntil = 0
  #comparing: Promise<number | undefined> | undefined

  constructor(deps: LiveKitRoomDeps) {
    this.#deps = deps
    this.#people = new RoomPeople((...said) => {
      if (this.#isOpen) deps.owner.sends(...said)
    })
    const shared = { ...deps, people: this.#people, isOpen: () => this.#isOpen }
    this.#putOut = new PutOut({ ...shared, began: () => this.#watch() })
    this.#settling = new Settling({ ...shared, failed: () => deps.again(this) })
  }

  get id(): string {
    return this.#deps.roomId
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
    const { asks, owner, roomId, now } = this.#deps
    const there = this.#isOpen ? asks.reach : undefined
    if (there === undefined) refuse(mediaRefusals, 'media_unavailable')
    if (!mediaTab.safeParse(tab).success) throw new Refusal('invalid', kitRefusals.invalid)
    const grant = owner.grantOf(person.id, mediaIdentity(person.id, tab))
    if (grant === null) refuse(kitRefusals, 'not_allowed')
    const ticket = await mintTicket(there.at, { roomId, person, tab, grant, now: now() })
    const tooMany = this.#people.ticketed(ticket.identity, ticket.expiresAt)
    await this.#putOut.tooMany(tooMany)
    return ticket
  }

  /** Whether somebody may come whom LiveKit lets in and the room does not. */
  isWatched(now: number): boolean {
    return this.#people.size > 0 || now < this.#watchedUntil
  }

  settle(userId: string): Promise<boolean> {
    const { owner } = this.#deps
    const isOut = (identity?: string) => owner.grantOf(userId, identity) === null
    // Also of whom nothing is known here: what they hold was made by another process.
    if (this.#isOpen && (isOut() || this.#people.identitiesOf(userId).some(isOut))) this.#watch()
    return this.#settling.settle(userId)
  }

  #watch(): void {
    this.#watchedUntil = this.#deps.now() + tokensHeldMs
  }

  async putOutUngranted(): Promise<boolean> {
    const { asks, owner, again } = this.#deps
    const isUngranted = (userId: string) =>
      this.#people.identitiesOf(userId).some((one) => owner.grantOf(userId, one) === null)
    // Of whom another room let look in, nothing may be known here.
    if (this.#isOpen) again(this)
    if (asks.reach === undefined) return false
    const some = this.#isOpen ? this.#people.ids.filter(isUngranted) : []
    return (await Promise.all(some.map((userId) => this.settle(userId)))).every(Boolean)
  }

  release(): void {
    this.#isOpen = false
    this.#deps.closed(this)
  }

  async end(isOver: boolean): Promise<void> {
    if (!this.#isOpen) return
    this.release()
    if (isOver) this.#deps.over(this.id)
    const isEnded = await this.#deps.asks.ask('room', this.id, async (calls) => {
      await calls.end(this.id)
      return true
    })
    if (!isEnded && isOver) this.#deps.unended(this.id)
  }

  /** LiveKit told of something in this room. */
  hear(event: MediaEvent): void {
    if (!this.#isOpen || event.participant === undefined) return
    const { identity, sid } = event.participant
    if (!isNamed(event.participant)) {
      if (event.kind !== 'left') this.#putOut.misnamed([event.participant])
    } else if (event.kind === 'left') this.#people.gone(identity, sid)
    else if (event.kind === 'joined') this.#met(event.participant)
    else if (event.isFalse) this.#putOut.liars([event.participant])
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
    const there = await this.#deps.asks.ask('room', this.id, (calls) => calls.people(this.id))
    if (there === undefined || !this.#isOpen) return undefined
    // Who is put out at this moment takes nobody's place again.
    const rest = there.filter((one) => !isHouse(one) && !this.#putOut.isOn(one.identity))
    const all = rest.filter(isNamed)
    this.#putOut.misnamed(rest.filter((one) => !isNamed(one)))
    this.#people.are(all)
    this.#putOut.liars(all.filter(isLiar))
    for (const [userId, own] of byPerson(all)) {
      void this.#putOut.tooMany(this.#people.tooMany(userId))
      const tooMuch = sentTooMuch(own.map(senderOf))
      this.#putOut.liars(own.filter(({ identity }) => tooMuch.has(identity)))
    }
    this.#agree(all.filter(({ identity }) => this.#people.has(identity)))
    return all.length
  }

  #met(participant: ParticipantInfo): void {
    this.#people.joined(participant)
    // An old ticket that was put out lets in once more.
    const tooMany = this.#people.tooMany(personOfMedia(participant.identity))
    void this.#putOut.tooMany(tooMany)
    if (this.#people.has(participant.identity)) this.#agree([participant])
  }

  /** Who may do more or less than is granted is set right, each person once. */
  #agree(some: readonly ParticipantInfo[]): void {
    const wrong = some.filter((one) => {
      const grant = this.#deps.owner.grantOf(personOfMedia(one.identity), one.identity)
      return grant === null || !agrees(one, grant)
    })
    for (const userId of new Set(wrong.map(({ identity }) => personOfMedia(identity)))) {
      void this.settle(userId)
    }
  }

  /** That they came may not have been told, nor what they were let since. */
  #checkSource(of: Identified, source: MediaSource | undefined): void {
    const userId = personOfMedia(of.identity)
    // That a track went may be on its way still: LiveKit is asked.
    if (sentTooMuch(this.#people.sendersOf(userId)).size > 0) this.#deps.again(this)
    if (source !== undefined) {
      const grant = this.#deps.owner.grantOf(userId, of.identity)
      if (!grant?.publish.includes(source)) void this.settle(userId)
    }
  }
}
