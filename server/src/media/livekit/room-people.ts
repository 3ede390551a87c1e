/** Who is connected to the media of one room and what they send, as far as LiveKit told. */
import type { EncoderLink, MediaOwner } from '@odeon/rooms/ports'
import {
  encoderTab,
  mediaIdentity,
  mediaLimits,
  type MediaSource,
  personOfMedia,
} from '@odeon/rooms/protocol'
import type { ParticipantInfo } from 'livekit-server-sdk'
import type { Sender } from './sent-too-much.ts'
import { sourceOfTrack } from './tracks.ts'

interface Connection {
  /** LiveKit's id of this very connection; undefined for a ticket that is not used yet. */
  sid: string | undefined
  /** Of a ticket that is not used yet: until when it lets in, Unix ms. */
  until: number
  /** Connected since, Unix ms. */
  since: number
  /** By the track's id. */
  sending: Map<string, MediaSource>
}

const sinceOf = ({ joinedAtMs }: Pick<ParticipantInfo, 'joinedAtMs'>) => Number(joinedAtMs)

/** Tells `sends` when it differs from what was told before. */
export class RoomPeople {
  /** By person, then identity, the oldest first. */
  readonly #people = new Map<string, Map<string, Connection>>()
  readonly #told = new Map<string, string>()
  /** Of whom something was told since LiveKit was asked who is there. */
  readonly #newer = new Set<string>()
  readonly #sends: MediaOwner['sends']

  constructor(sends: MediaOwner['sends']) {
    this.#sends = sends
  }

  identitiesOf(userId: string): string[] {
    return [...(this.#people.get(userId)?.keys() ?? [])]
  }

  get ids(): string[] {
    return [...this.#people.keys()]
  }

  get size(): number {
    return this.#people.size
  }

  has(identity: string): boolean {
    return this.#people.get(personOfMedia(identity))?.has(identity) ?? false
  }

  /** By person who is connected: what they send. */
  present(): Map<string, Set<MediaSource>> {
    const here = new Map<string, Set<MediaSource>>()
    for (const [userId, connections] of this.#people) {
      const those = [...connections.values()].filter(({ sid }) => sid !== undefined)
      if (those.length === 0) continue
      here.set(userId, new Set(those.flatMap(({ sending }) => [...sending.values()])))
    }
    return here
  }

  /** How many tracks a connection sends. */
  tracksOf(identity: string): number {
    return this.#people.get(personOfMedia(identity))?.get(identity)?.sending.size ?? 0
  }

  /** Of one person's connections what each sends, track by track. */
  sendersOf(userId: string): Sender[] {
    const mine = this.#people.get(userId) ?? []
    return [...mine].map(([identity, { sending }]) => {
      return { identity, sources: [...sending.values()] }
    })
  }

  /** A ticket was made that lets in until then. The result are identities that are too many. */
  ticketed(identity: string, until: number): string[] {
    const mine = this.#of(personOfMedia(identity))
    const before = mine.get(identity)
    mine.delete(identity)
    mine.set(identity, { sid: undefined, since: 0, sending: new Map(), ...before, until })
    return this.tooMany(personOfMedia(identity))
  }

  /** Of one person the oldest connections and tickets beyond what one may have. */
  tooMany(userId: string): string[] {
    return this.identitiesOf(userId).slice(0, -mediaLimits.tabsPerPersonMax)
  }

  /** Tickets that let nobody in any more are no tabs. Who comes at the last moment is told of. */
  forgetUnused(now: number): void {
    for (const connections of this.#people.values()) {
      for (const [identity, { sid, until }] of connections) {
        if (sid === undefined && until <= now) this.gone(identity)
      }
    }
  }

  /** Somebody came; what they send may have been told before. */
  joined(participant: ParticipantInfo): void {
    const { identity, sid } = participant
    this.#newer.add(identity)
    const known = this.#people.get(personOfMedia(identity))?.get(identity)
    if (known?.sid !== sid) this.#present(participant)
  }

  /** Somebody is there, with all they send. */
  #present(participant: ParticipantInfo): void {
    const { identity, sid, tracks } = participant
    const sending = new Map<string, MediaSource>()
    for (const track of tracks) {
      const source = sourceOfTrack(track)
      if (source !== undefined) sending.set(track.sid, source)
    }
    const connection = { sid, until: 0, since: sinceOf(participant), sending }
    this.#of(personOfMedia(identity)).set(identity, connection)
    this.#tell(personOfMedia(identity))
  }

  /** One track came, or went with `source` undefined. That somebody joined may be told later. */
  track(
    participant: Pick<ParticipantInfo, 'identity' | 'sid' | 'joinedAtMs'>,
    trackSid: string,
    source: MediaSource | undefined,
  ): void {
    const { identity, sid } = participant
    const userId = personOfMedia(identity)
    this.#newer.add(identity)
    if (source === undefined) this.#people.get(userId)?.get(identity)?.sending.delete(trackSid)
    else {
      const mine = this.#of(userId)
      const known = mine.get(identity)
      const connection: Connection = {
        until: 0,
        sending: new Map(),
        ...known,
        sid: known?.sid ?? sid,
        since: known?.since || sinceOf(participant),
      }
      mine.set(identity, connection)
      connection.sending.set(trackSid, source)
    }
    this.#tell(userId)
  }

  /** A connection ended; one that took its place stays. */
  gone(identity: string, sid?: string): void {
    const userId = personOfMedia(identity)
    this.#newer.add(identity)
    const mine = this.#people.get(userId)
    const connection = mine?.get(identity)
    if (!mine || !connection) return
    if (sid !== undefined && connection.sid !== undefined && connection.sid !== sid) return
    mine.delete(identity)
    this.#tell(userId)
    if (mine.size > 0) return
    this.#people.delete(userId)
    this.#told.delete(userId)
  }

  /** LiveKit is asked who is there: what it tells from now on is newer than its answer. */
  look(): void {
    this.#newer.clear()
  }

  /** These were there and nobody else when it was asked; tickets on their way are kept. */
  are(all: readonly ParticipantInfo[]): void {
    const here = new Set(all.map(({ identity }) => identity))
    const newer = new Set(this.#newer)
    // A map may lose what was visited.
    for (const connections of this.#people.values()) {
      for (const [identity, { sid }] of connections) {
        const isGone = sid !== undefined && !here.has(identity)
        if (isGone && !newer.has(identity)) this.gone(identity)
      }
    }
    for (const one of all) if (!newer.has(one.identity)) this.#present(one)
    this.#newer.clear()
  }

  /** LiveKit ended, and with it all connections. */
  clear(): void {
    for (const userId of this.#people.keys()) {
      for (const identity of this.identitiesOf(userId)) this.gone(identity)
    }
  }

  #of(userId: string): Map<string, Connection> {
    const mine = this.#people.get(userId) ?? new Map<string, Connection>()
    this.#people.set(userId, mine)
    return mine
  }

  #tell(userId: string): void {
    const connections = [...(this.#people.get(userId)?.values() ?? [])]
    const sources = [...new Set(connections.flatMap(({ sending }) => [...sending.values()]))]
    const encoder = this.#encoderOf(userId)
    const text = sources.toSorted().join() + (encoder ? JSON.stringify(encoder) : '')
    if ((this.#told.get(userId) ?? '') === text) return
    this.#told.set(userId, text)
    this.#sends(userId, sources, encoder)
  }

  #encoderOf(userId: string): EncoderLink | undefined {
    const connection = this.#people.get(userId)?.get(mediaIdentity(userId, encoderTab))
    if (connection?.sid === undefined) return undefined
    const { since, sending } = connection
    return { since, sources: [...new Set(sending.values())].toSorted() }
  }
}
