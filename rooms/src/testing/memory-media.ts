/** Media without a media server, for tests of rooms; it keeps the contract of the real one. */
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import type { Media, MediaGrant, MediaOwner, RoomMedia } from '../media/media.ts'
import {
  encoderTab,
  mediaIdentity,
  mediaLimits,
  mediaRefusals,
  type MediaSource,
  type MediaTicket,
  personOfMedia,
  visitTab,
} from '../media/protocol.ts'
import type { MediaAsker, MediaPeer } from './media-contract.ts'

interface Ticketed {
  roomId: string
  grant: MediaGrant
}

export class MemoryMedia implements Media {
  readonly #rooms = new Map<string, MemoryRoom>()
  readonly #tickets = new Map<string, Ticketed>()
  #isUp = true

  get isUp(): boolean {
    return this.#isUp
  }

  open(roomId: string, owner: MediaOwner): RoomMedia {
    const room = this.#rooms.get(roomId) ?? new MemoryRoom(this, roomId, this.#tickets)
    this.#rooms.set(roomId, room)
    return room.taken(owner)
  }

  async visit(roomId: string, { id }: { id: string }, tab: string): Promise<MediaTicket> {
    if (!this.#isUp) refuse(mediaRefusals, 'media_unavailable')
    const token = `ticket-${this.#tickets.size + 1}`
    const grant = { publish: [], subscribe: true, isHidden: true }
    this.#tickets.set(token, { roomId, grant })
    const expiresAt = Date.now() + mediaLimits.ticketMs
    return { url: 'ws://memory', token, identity: mediaIdentity(id, visitTab(tab)), expiresAt }
  }

  /** What a client does with a ticket. */
  async connect({ token, identity }: MediaTicket): Promise<MediaPeer> {
    const { roomId, grant } = this.#tickets.get(token) ?? {}
    const room = this.#rooms.get(roomId ?? '')
    if (!this.#isUp || !grant || !room) throw new Error('the media server refused')
    return room.enter(identity, grant)
  }

  /** The same for one that finds out what it may send. */
  async asker(ticket: MediaTicket): Promise<MediaAsker> {
    const peer = await this.connect(ticket)
    return {
      asks: (source) =>
        peer.publish(source).then(
          () => true,
          () => false,
        ),
    }
  }

  /** Whoever is connected loses the media server, as when it dies. */
  turn(isUp: boolean): void {
    if (this.#isUp === isUp) return
    this.#isUp = isUp
    for (const room of this.#rooms.values()) room.turned(isUp)
  }
}

class MemoryRoom {
  readonly peers = new Map<string, MemoryPeer>()
  readonly #tabs = new Map<string, string[]>()
  readonly #house: Media
  readonly #roomId: string
  readonly #tickets: Map<string, Ticketed>
  owner: MediaOwner | undefined

  constructor(house: Media, roomId: string, tickets: Map<string, Ticketed>) {
    this.#house = house
    this.#roomId = roomId
    this.#tickets = tickets
  }

  taken(owner: MediaOwner): RoomMedia {
    this.owner = owner
    const isMine = () => this.owner === owner
    queueMicrotask(() => {
      if (!isMine()) return
      owner.turned(this.#house.isUp)
      for (const userId of this.#people()) this.#agree(userId)
    })
    return {
      ticket: async (person, tab) => this.#ticket(owner, person.id, tab),
      settle: async (userId) => {
        if (this.#house.isUp && isMine()) this.#agree(userId)
        return this.#house.isUp
      },
      putOutUngranted: async () => {
        if (this.#house.isUp && isMine()) for (const userId of this.#people()) this.#agree(userId)
        return this.#house.isUp
      },
      release: () => {
        if (isMine()) this.owner = undefined
      },
      end: async () => {
        if (!isMine()) return
        this.owner = undefined
        for (const peer of this.peers.values()) peer.drop()
      },
    }
  }

  enter(identity: string, grant: MediaGrant): MediaPeer {
    this.peers.get(identity)?.drop()
    const peer = new MemoryPeer(this, identity, grant)
    this.peers.set(identity, peer)
    this.#agree(personOfMedia(identity))
    return peer
  }

  turned(isUp: boolean): void {
    if (!isUp) for (const peer of this.peers.values()) peer.drop()
    this.owner?.turned(isUp)
  }

  tell(userId: string): void {
    const mine = this.#of(userId)
    const encoder = this.peers.get(mediaIdentity(userId, encoderTab))
    this.owner?.sends(
      userId,
      [...new Set(mine.flatMap((peer) => peer.sent()))],
      encoder && { since: encoder.since, sources: encoder.sent().toSorted() },
    )
  }

  #ticket(owner: MediaOwner, userId: string, tab: string): MediaTicket {
    if (!this.#house.isUp) refuse(mediaRefusals, 'media_unavailable')
    const grant = owner.grantOf(userId, mediaIdentity(userId, tab))
    if (grant === null) refuse(kitRefusals, 'not_allowed')
    const tabs = [...(this.#tabs.get(userId) ?? []).filter((one) => one !== tab), tab]
    for (const gone of tabs.splice(0, tabs.length - mediaLimits.tabsPerPersonMax)) {
      this.peers.get(mediaIdentity(userId, gone))?.drop()
    }
    this.#tabs.set(userId, tabs)
    const token = `ticket-${this.#tickets.size + 1}`
    this.#tickets.set(token, { roomId: this.#roomId, grant })
    const identity = mediaIdentity(userId, tab)
    return { url: 'ws://memory', token, identity, expiresAt: Date.now() + mediaLimits.ticketMs }
  }

  #agree(userId: string): void {
    for (const peer of this.#of(userId)) {
      const grant = this.owner?.grantOf(userId, peer.identity)
      if (grant === undefined) return
      if (grant === null) peer.drop()
      else peer.allow(grant)
    }
    this.tell(userId)
  }

  #of(userId: string): MemoryPeer[] {
    return [...this.peers.values()].filter((peer) => personOfMedia(peer.identity) === userId)
  }

  #people(): Set<string> {
    return new Set([...this.peers.keys()].map(personOfMedia))
  }
}

class MemoryPeer implements MediaPeer {
  readonly identity: string
  readonly since = Date.now()
  readonly #room: MemoryRoom
  readonly #sending = new Set<MediaSource>()
  #grant: MediaGrant

  constructor(room: MemoryRoom, identity: string, grant: MediaGrant) {
    this.#room = room
    this.identity = identity
    this.#grant = grant
  }

  get isConnected(): boolean {
    return this.#room.peers.get(this.identity) === this
  }

  get isHidden(): boolean {
    return this.#grant.isHidden
  }

  async publish(source: MediaSource): Promise<void> {
    if (!this.isConnected || !this.#grant.publish.includes(source)) throw new Error('not allowed')
    this.#sending.add(source)
    this.#room.tell(personOfMedia(this.identity))
  }

  async sending(): Promise<MediaSource[]> {
    return this.sent()
  }

  sent(): MediaSource[] {
    return this.isConnected ? [...this.#sending] : []
  }

  sees(): string[] {
    const others = [...this.#room.peers.values()].filter((peer) => peer !== this && !peer.isHidden)
    return others.map((peer) => peer.identity)
  }

  async leave(): Promise<void> {
    this.drop()
  }

  allow(grant: MediaGrant): void {
    this.#grant = grant
    for (const source of this.#sending) {
      if (!grant.publish.includes(source)) this.#sending.delete(source)
    }
  }

  drop(): void {
    if (!this.isConnected) return
    this.#room.peers.delete(this.identity)
    this.#room.tell(personOfMedia(this.identity))
  }
}
