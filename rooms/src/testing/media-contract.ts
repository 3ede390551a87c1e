/** What all media must do: the same cases for the one in memory and for LiveKit. */
import { expect, test, vi } from 'vitest'
import type { EncoderLink, Media, MediaGrant, MediaOwner, RoomMedia } from '../media/media.ts'
import {
  encoderTab,
  isVisit,
  mediaLimits,
  type MediaSource,
  mediaSources,
  type MediaTicket,
  personOfMedia,
} from '../media/protocol.ts'

/** A client that came in by a ticket. */
export interface MediaPeer {
  readonly identity: string
  readonly isConnected: boolean
  /** Rejects when that may not be sent. */
  publish(source: MediaSource): Promise<void>
  /** What the media server takes from it. */
  sending(): Promise<MediaSource[]>
  /** Identities of the others it is told of. */
  sees(): string[]
  leave(): Promise<void>
}

/** A client that came in by a ticket to find out what it may send. */
export interface MediaAsker {
  /** Whether the media server lets it. */
  asks(source: MediaSource): Promise<boolean>
}

export interface MediaHouse {
  media: Media
  /** Rejects when the media server does not let it in. */
  connect(ticket: MediaTicket): Promise<MediaPeer>
  asker(ticket: MediaTicket): Promise<MediaAsker>
  /** Ends the media server with all its connections, and starts it again. */
  down(): Promise<void>
  up(): Promise<void>
}

const speaks: MediaGrant = { publish: ['microphone'], subscribe: true, isHidden: false }
const both: MediaGrant = { ...speaks, publish: ['camera', 'microphone'] }
const looks: MediaGrant = { publish: [], subscribe: true, isHidden: false }
const hides: MediaGrant = { ...looks, isHidden: true }

let rooms = 0
const newRoom = () => `live_media-${process.pid}-${(rooms += 1)}`
const until = { timeout: 10_000, interval: 20 }

/** A room that grants what a test writes down and keeps what it hears. */
class Owner implements MediaOwner {
  readonly grants = new Map<string, MediaGrant>()
  readonly heard = new Map<string, readonly MediaSource[]>()
  readonly encoders = new Map<string, EncoderLink | undefined>()
  readonly turns: boolean[] = []

  grantOf(userId: string): MediaGrant | null {
    return this.grants.get(userId) ?? null
  }

  sends(userId: string, sources: readonly MediaSource[], encoder?: EncoderLink): void {
    this.heard.set(userId, sources)
    this.encoders.set(userId, encoder)
  }

  turned(isUp: boolean): void {
    this.turns.push(isUp)
  }
}

interface Opened {
  house: MediaHouse
  owner: Owner
  room: RoomMedia
  id: string
  /** Comes in with a ticket of its own. */
  come(userId: string, grant?: MediaGrant, tab?: string): Promise<MediaPeer>
}

export function mediaContract(open: () => Promise<MediaHouse>): void {
  const begin = async (): Promise<Opened> => {
    const house = await open()
    const owner = new Owner()
    const id = newRoom()
    const room = house.media.open(id, owner)
    await vi.waitFor(() => expect(owner.turns).toEqual([true]), until)
    const come = async (userId: string, grant?: MediaGrant, tab = 'a') => {
      if (grant) owner.grants.set(userId, grant)
      return await house.connect(await room.ticket({ id: userId, name: userId }, tab))
    }
    return { house, owner, room, id, come }
  }
  inAndOut(begin)
  roleChanges(begin)
  encoders(begin)
  hardTimes(begin)
}

function inAndOut(begin: () => Promise<Opened>): void {
  const grants = [[], ...mediaSources.map((one) => [one]), ['camera', 'microphone'], mediaSources]
  test.for(grants as MediaSource[][])(
    '[MED-01] whoever may send %j is let, source by source, and nothing else is',
    async (publish) => {
      const { house, owner, room } = await begin()
      owner.grants.set('ann', { ...looks, publish })
      const asker = await house.asker(await room.ticket({ id: 'ann', name: 'Ann' }, 'a'))
      const answers: MediaSource[] = []
      for (const source of mediaSources) if (await asker.asks(source)) answers.push(source)
      expect(answers).toEqual(publish)
    },
  )

  test('[MED-02] nobody gets a ticket whom the room does not grant anything', async () => {
    const { room } = await begin()
    const asked = room.ticket({ id: 'ann', name: 'Ann' }, 'a')
    await expect(asked).rejects.toMatchObject({ name: 'Refusal', code: 'not_allowed' })
  })

  test('[MED-03] people of one room see each other and nobody hidden; other rooms are apart', async () => {
    const [first, second] = [await begin(), await begin()]
    const [ann, bob] = [await first.come('ann', speaks), await first.come('bob', looks)]
    const hidden = await first.come('cem', hides)
    await second.come('dan', speaks)
    await vi.waitFor(() => expect(ann.sees()).toEqual([bob.identity]), until)
    await vi.waitFor(() => expect(hidden.sees().toSorted()).toEqual(identities(ann, bob)), until)
    expect(personOfMedia(ann.identity)).toBe('ann')
  })

  test('[BTL-10] who looks in from another room is hidden, sends nothing, and goes when told', async () => {
    const { house, owner, room, id, come } = await begin()
    const host = await come('host', speaks)
    for (const name of ['ann', 'bob']) owner.grants.set(name, hides)
    const ticket = await house.media.visit(id, { id: 'ann', name: 'Ann' }, 'a')
    expect([personOfMedia(ticket.identity), isVisit(ticket.identity)]).toEqual(['ann', true])
    const ann = await house.connect(ticket)
    await vi.waitFor(() => expect(ann.sees()).toEqual([host.identity]), until)
    expect(host.sees()).toEqual([])
    const asker = await house.asker(await house.media.visit(id, { id: 'bob', name: 'Bob' }, 'a'))
    for (const source of mediaSources) expect(await asker.asks(source)).toBe(false)
    owner.grants.delete('ann')
    await vi.waitFor(async () => {
      await room.putOutUngranted()
      expect(ann.isConnected).toBe(false)
    }, until)
  })

  test('[MED-04] tabs of one person are connected beside each other, as many as may be', async () => {
    const { come } = await begin()
    const tabs = Array.from({ length: mediaLimits.tabsPerPersonMax }, (_, at) => `tab${at}`)
    const peers: MediaPeer[] = []
    for (const tab of tabs) peers.push(await come('ann', speaks, tab))
    expect(peers.every((peer) => peer.isConnected)).toBe(true)
    const more = await come('ann', speaks, 'more')
    await vi.waitFor(() => expect(peers[0]?.isConnected).toBe(false), until)
    expect([...peers.slice(1), more].every((peer) => peer.isConnected)).toBe(true)
  })
}

function roleChanges(begin: () => Promise<Opened>): void {
  test('[MED-05] what somebody may no longer send stops, and they stay', async () => {
    const { house, come, owner, room } = await begin()
    const [ann, bob] = [await come('ann', speaks), await come('bob', speaks)]
    const asker = await house.asker(await room.ticket({ id: 'ann', name: 'Ann' }, 'b'))
    await ann.publish('microphone')
    await bob.publish('microphone')
    expect(await asker.asks('microphone')).toBe(true)
    owner.grants.set('ann', looks)
    expect(await room.settle('ann')).toBe(true)
    await vi.waitFor(async () => expect(await ann.sending()).toEqual([]), until)
    expect(await asker.asks('microphone')).toBe(false)
    expect([ann.isConnected, await bob.sending()]).toEqual([true, ['microphone']])
  })

  test('[MED-05] whoever is let speak sends without coming in anew, and is seen', async () => {
    const { come, owner, room } = await begin()
    const [ann, bob] = [await come('ann', hides), await come('bob', looks)]
    owner.grants.set('ann', speaks)
    expect(await room.settle('ann')).toBe(true)
    await vi.waitFor(() => ann.publish('microphone'), until)
    await vi.waitFor(() => expect(bob.sees()).toEqual([ann.identity]), until)
  })

  test('[MED-06] whoever is put out is disconnected in all tabs, and an older ticket is no way back', async () => {
    const { house, owner, room, come } = await begin()
    const peers = [await come('ann', speaks, 'a'), await come('ann', speaks, 'b')]
    const kept = await room.ticket({ id: 'ann', name: 'Ann' }, 'c')
    owner.grants.delete('ann')
    expect(await room.settle('ann')).toBe(true)
    await vi.waitFor(() => expect(peers.some((peer) => peer.isConnected)).toBe(false), until)
    const again = await house.connect(kept).catch(() => undefined)
    await vi.waitFor(() => expect(again?.isConnected ?? false).toBe(false), until)
  })

  test('[MED-07] the room hears what each person sends and when it stops', async () => {
    const { come, owner, room } = await begin()
    const [ann, bob] = [await come('ann', speaks), await come('bob', speaks)]
    await ann.publish('microphone')
    await bob.publish('microphone')
    await vi.waitFor(() => expect(owner.heard.get('ann')).toEqual(['microphone']), until)
    await vi.waitFor(() => expect(owner.heard.get('bob')).toEqual(['microphone']), until)
    await bob.leave()
    await vi.waitFor(() => expect(owner.heard.get('bob')).toEqual([]), until)
    owner.grants.set('ann', looks)
    await room.settle('ann')
    await vi.waitFor(() => expect(owner.heard.get('ann')).toEqual([]), until)
  })
}

function encoders(begin: () => Promise<Opened>): void {
  test('[OUT-30] the encoder of a person is told of apart: since when, what it sends, and its end', async () => {
    const { come, owner, room, house, id } = await begin()
    const startedAt = Date.now()
    const tab = await come('ann', both)
    await tab.publish('camera')
    await vi.waitFor(() => expect(owner.heard.get('ann')).toEqual(['camera']), until)
    expect(owner.encoders.get('ann')).toBeUndefined()
    const encoder = await come('ann', both, encoderTab)
    await vi.waitFor(() => expect(owner.encoders.get('ann')?.sources).toEqual([]), until)
    const { since } = owner.encoders.get('ann') ?? { since: 0 }
    // The media server's clock is this machine's, in whole milliseconds.
    expect(since).toBeGreaterThanOrEqual(startedAt - 1)
    for (const source of ['microphone', 'camera'] as const) await encoder.publish(source)
    const sends = { since, sources: ['camera', 'microphone'] }
    await vi.waitFor(() => expect(owner.encoders.get('ann')).toEqual(sends), until)
    // Whoever takes the room over finds it as it is, connected since it was.
    room.release()
    const successor = new Owner()
    successor.grants.set('ann', both)
    house.media.open(id, successor)
    await vi.waitFor(() => expect(successor.encoders.get('ann')).toEqual(sends), until)
    await encoder.leave()
    const isGone = () => successor.encoders.has('ann') && !successor.encoders.get('ann')
    await vi.waitFor(() => expect(isGone()).toBe(true), until)
    expect(successor.heard.get('ann')).toEqual(['camera'])
  })
}

function hardTimes(begin: () => Promise<Opened>): void {
  test('[MED-08] a successor finds everybody connected, and puts out whom it does not know', async () => {
    const { house, room, id, come } = await begin()
    const [ann, bob] = [await come('ann', speaks), await come('bob', speaks)]
    await ann.publish('microphone')
    room.release()
    expect([ann.isConnected, bob.isConnected]).toEqual([true, true])
    const successor = new Owner()
    successor.grants.set('ann', speaks)
    house.media.open(id, successor)
    await vi.waitFor(() => expect(successor.heard.get('ann')).toEqual(['microphone']), until)
    await vi.waitFor(() => expect(bob.isConnected).toBe(false), until)
    expect(await ann.sending()).toEqual(['microphone'])
  })

  test('[MED-08] whom time alone took what they had is put out when the room says so', async () => {
    const { owner, room, come } = await begin()
    const names = ['ann', 'bob', 'cem']
    const [ann, ...others] = await Promise.all(names.map((name) => come(name, speaks)))
    for (const name of ['bob', 'cem']) owner.grants.delete(name)
    expect(await room.putOutUngranted()).toBe(true)
    const connected = () => others.some((peer) => peer.isConnected)
    await vi.waitFor(() => expect(connected()).toBe(false), until)
    expect(ann?.isConnected).toBe(true)
  })

  test('[MED-09] a room that is over disconnects everybody', async () => {
    const { come, room } = await begin()
    const peers = [await come('ann', speaks), await come('bob', hides)]
    await room.end(true)
    await vi.waitFor(() => expect(peers.some((peer) => peer.isConnected)).toBe(false), until)
  })

  test('[MED-10] without a media server the room is told, tickets are refused by name, and it comes back', async () => {
    const { house, come, owner, room } = await begin()
    await come('ann', speaks)
    await house.down()
    await vi.waitFor(() => expect(owner.turns).toEqual([true, false]), until)
    expect(house.media.isUp).toBe(false)
    const asked = room.ticket({ id: 'ann', name: 'Ann' }, 'a')
    await expect(asked).rejects.toMatchObject({ name: 'Refusal', code: 'media_unavailable' })
    expect(await room.settle('ann')).toBe(false)
    await house.up()
    await vi.waitFor(() => expect(owner.turns).toEqual([true, false, true]), until)
    const peer = await come('ann')
    await peer.publish('microphone')
    // What a server that has just begun tells may be lost: then by the next comparison.
    const later = { ...until, timeout: 15_000 }
    await vi.waitFor(() => expect(owner.heard.get('ann')).toEqual(['microphone']), later)
  })
}

const identities = (...peers: MediaPeer[]) => peers.map(({ identity }) => identity).toSorted()
