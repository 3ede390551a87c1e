/** The floor's side of the media: exactly that may be sent which the floor lets. */
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import type { EncoderLink, Media, MediaGrant, MediaOwner, RoomMedia } from '../media/media.ts'
import {
  encoderTab,
  isVisit,
  mediaIdentity,
  mediaRefusals,
  type MediaSource,
  type MediaTicket,
} from '../media/protocol.ts'
import { audibleSources, type FloorKind } from './floor-kind.ts'
import type { FloorScope } from './floor-scope.ts'
import { forgetLostEncoder, resetEncoder, showEncoder } from './host-encoder.ts'
import type { Speaker } from './state.ts'
import { TicketSignIns } from './ticket-sign-ins.ts'
import { Visits } from './visits.ts'

export interface FloorVoicesOptions {
  scope: FloorScope
  kind: FloorKind
  roomId: string
  /** The host by the record. */
  hostId: string
  /** Absent where there are none: the room goes on without picture and sound. */
  media: Media | undefined
  /** Somebody is here, or was and is on the way back. */
  isHere: (userId: string) => boolean
  /** People of another room may look and listen. */
  hasVisitors: () => boolean
  /** Somebody was put out, and did not come back. */
  isOut: (userId: string) => boolean
  /** The state changed outside of any command. */
  touch: () => void
}

const ticketTriesMax = 3
const ticketRetryMs = 1_000

const hidden: MediaGrant = { publish: [], subscribe: true, isHidden: true }
const seen = (publish: readonly MediaSource[]): MediaGrant => {
  return { publish, subscribe: true, isHidden: false }
}

export class FloorVoices implements MediaOwner {
  readonly #options: FloorVoicesOptions
  readonly #media: RoomMedia | undefined
  /** Of those with a seat: what the media were told that they may send. */
  readonly #told = new Map<string, string>()
  /** What the media carry of whom. */
  readonly #sending = new Map<string, readonly MediaSource[]>()
  readonly #signIns = new TicketSignIns()
  readonly #visits = new Visits()
  /** Ended, or another's: nothing is told any more. */
  #isDone = false

  constructor(options: FloorVoicesOptions) {
    this.#options = options
    this.#media = options.media?.open(options.roomId, this)
  }

  grantOf(userId: string, identity?: string): MediaGrant | null {
    const { scope, isHere, isOut, hostId, kind } = this.#options
    if (this.#isDone || isOut(userId)) return null
    if (identity !== undefined && isVisit(identity)) return this.#visitOf(userId, identity)
    const isEncoder = identity === mediaIdentity(hostId, encoderTab)
    if (!isHere(userId)) {
      // An encoder sends for the host, who need not be in the room.
      return isEncoder && scope.phase() !== 'ended' ? seen(kind.sources.host) : null
    }
    // No sign-in opened an encoder's connection.
    if (identity !== undefined && !isEncoder && !this.#isSignedIn(userId, identity)) return null
    const speaker = scope.floor.speakers.get(userId)
    // Who is timed out or banned loses the seat with the next frame, and sends nothing until then.
    const isSanctioned = scope.standings.sanctionOf(userId, scope.world.now()) !== null
    if (speaker !== undefined && !isSanctioned) return seen(this.#sourcesOf(speaker))
    // Before the start whoever has a seat looks at themselves, and nobody else does.
    if (scope.phase() === 'pending') return null
    // Viewers are many, and the room knows them.
    return hidden
  }

  #isSignedIn(userId: string, identity: string): boolean {
    const name = identity.slice(mediaIdentity(userId, '').length)
    return this.#signIns.lets(userId, name, this.#options.scope.world.now())
  }

  /** People of a room that this one fights look in, unless this one banned them. */
  #visitOf(userId: string, identity: string): MediaGrant | null {
    const { scope, hasVisitors } = this.#options
    const now = scope.world.now()
    if (!hasVisitors() || scope.standings.sanctionOf(userId, now)?.kind === 'ban') return null
    return this.#visits.lasts(userId, identity, now) ? hidden : null
  }

  sends(userId: string, sources: readonly MediaSource[], encoder?: EncoderLink): void {
    if (sources.length > 0) this.#sending.set(userId, sources)
    else this.#sending.delete(userId)
    const { scope, hostId, touch } = this.#options
    if (userId === hostId) showEncoder(scope.floor.encoder, encoder, scope.world.now())
    touch()
  }

  turned(isUp: boolean): void {
    const { scope, touch } = this.#options
    scope.floor.hasMedia = isUp
    if (!isUp) {
      this.#sending.clear()
      resetEncoder(scope.floor.encoder)
    }
    touch()
  }

  /** The media carry something of them, whether they are in the room or not. */
  isSending(userId: string): boolean {
    return this.#sending.has(userId)
  }

  /** Refused with `media_unavailable`, `not_begun`, `not_allowed`, `busy`. */
  async ticket({ id, name }: Member, tab: string, sid = ''): Promise<MediaTicket> {
    if (this.#media === undefined || this.#isDone) refuse(mediaRefusals, 'media_unavailable')
    const { scope } = this.#options
    const isEarly = scope.phase() === 'pending' && !scope.floor.speakers.has(id)
    if (isEarly) refuse(mediaRefusals, 'not_begun')
    const own = this.#signIns.ticketed(id, { tab, sid, now: scope.world.now() })
    if (own === undefined) refuse(kitRefusals, 'not_allowed')
    const said = () => JSON.stringify(this.grantOf(id))
    for (let tries = 1; tries <= ticketTriesMax; tries += 1) {
      const before = said()
      const ticket = await this.#media.ticket({ id, name }, own)
      // Somebody may have decided meanwhile: a ticket says what is true when it is given.
      if (said() === before) return ticket
    }
    refuse(kitRefusals, 'busy', ticketRetryMs)
  }

  /** An earlier process let people in, who stay. */
  hold(): void {
    this.#signIns.hold()
  }

  /** What that sign-in, or all of them, had let into the media is out, whoever stays by another. */
  signedOut(userId: string, sid: string | undefined): void {
    const { scope, hasVisitors } = this.#options
    const isHere = this.#options.isHere(userId)
    const now = scope.world.now()
    this.#signIns.signedOut(userId, { sid, isHere, now })
    if (hasVisitors()) this.#visits.signedOut(userId, sid, now)
    if (isHere || hasVisitors()) this.settle(userId)
  }

  /** What one sign-in had let in is another's. */
  handedOn(userId: string, change: { from: string; to: string }): void {
    if (this.#options.isHere(userId)) this.#signIns.handedOn(userId, change)
  }

  /** About once a second. */
  beat(now: number): void {
    forgetLostEncoder(this.#options.scope.floor.encoder, now)
    this.#signIns.beat(now)
    this.#visits.beat(now)
  }

  left(userId: string): void {
    this.#signIns.left(userId)
    // An encoder goes on sending for the host.
    if (userId !== this.#options.hostId) this.#sending.delete(userId)
    this.settle(userId)
  }

  /** The media make of somebody what they may do now. */
  settle(userId: string): void {
    if (!this.#isDone) void this.#media?.settle(userId)
  }

  /** Nobody is waited for any more. */
  putOutUngranted(): void {
    if (!this.#isDone) void this.#media?.putOutUngranted()
  }

  /** Just before a frame: tells the media what differs, and all of it at first. */
  agree(): void {
    const { floor } = this.#options.scope
    const { speakers } = floor
    const isCarrying = this.#sending.size > 0
    if (floor.isCarrying !== isCarrying) floor.isCarrying = isCarrying
    for (const [userId, speaker] of speakers) {
      const isCarried = this.#sending.get(userId)?.includes('microphone') ?? false
      const isAudible = isCarried && !speaker.isSilenced && !speaker.isMuted
      if (speaker.isAudible !== isAudible) speaker.isAudible = isAudible
      const may = this.#sourcesOf(speaker).join()
      if (this.#told.get(userId) === may) continue
      this.#told.set(userId, may)
      this.settle(userId)
    }
    for (const userId of this.#told.keys()) {
      if (speakers.has(userId)) continue
      this.#told.delete(userId)
      this.settle(userId)
    }
    if (this.#options.scope.phase() !== 'ended') return
    resetEncoder(floor.encoder)
    this.#end(true)
  }

  /** The room closes: it is over, or goes on in another process with everybody connected. */
  stop(): void {
    if (this.#options.scope.phase() === 'ended') this.#end(true)
    if (this.#isDone) return
    this.#isDone = true
    this.#media?.release()
  }

  /** Nobody is in the room: before the start its media end with it, but for the host's encoder. */
  close(): void {
    const { scope, hostId } = this.#options
    if (scope.phase() === 'pending' && !this.isSending(hostId)) this.#end(false)
    else this.stop()
  }

  /** Whoever leads in the host's place sends what a host does. */
  #sourcesOf({ role, isSilenced, isHeldBack }: Speaker): readonly MediaSource[] {
    const { host, guest } = this.#options.kind.sources
    const all = role === 'host' ? host : guest
    const isSilent = isSilenced || isHeldBack
    return isSilent ? all.filter((source) => !audibleSources.has(source)) : all
  }

  #end(isOver: boolean): void {
    if (this.#isDone) return
    this.#isDone = true
    void this.#media?.end(isOver)
  }
}
