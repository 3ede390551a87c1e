/** What a real LiveKit still carries of rooms that are over, by the record of a real database. */
import type { MediaGrant } from '@odeon/rooms/ports'
import { RoomServiceClient } from 'livekit-server-sdk'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { testApp } from '../../platform/http/testing.ts'
import { Refused } from '../../platform/http/refusal.ts'
import { openShared } from '../../platform/shared.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { realWorld as world } from '../../platform/world.ts'
import { someNumbers, streamsApp } from '../../streams/testing.ts'
import { mintTicket } from './grants.ts'
import { mediaSide } from './media-side.ts'
import { keepRoomsSwept, roomSweep, sweepLimits } from './sweep-rooms.ts'
import { nodePeer } from './testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 10_000, interval: 50 }
const grant: MediaGrant = { publish: ['microphone'], subscribe: true, isHidden: false }
const person = { id: 'ann', name: 'Ann' }

describe.runIf(hasLiveKit)('media that nobody ended', async () => {
  const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
  const { streams, person: account } = await streamsApp()
  const { media, endpoints } = mediaSide({ presence, world, log: quietLog })
  const { url } = await testApp({ endpoints })
  const deps = { media, streams, world, log: quietLog }
  /** A record in which every stream is over. */
  const allOver = { ended: (ids: string[]) => Promise.resolve(ids) }
  let livekit: PrivateLiveKit
  let client: RoomServiceClient
  beforeAll(async () => {
    livekit = await privateLiveKit(`${url}/v1/media/webhook`)
    client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
    afterAll(media.listen())
    await media.use(livekit)
  })

  const ticket = async (roomId: string, tab = 'a') => {
    const wanted = { roomId, person, tab, grant, now: Date.now() }
    return (await mintTicket(livekit, wanted)).token
  }
  /** A room of LiveKit with somebody in it. */
  const carried = async (roomId: string) => await nodePeer(livekit, await ticket(roomId))
  const stream = async (name: string, phase: 'pending' | 'live' | 'ended') => {
    const made = await streams.create((await account(name)).userId, { title: name })
    if (made instanceof Refused) throw new Error(made.code)
    if (phase !== 'pending') await streams.start(made.id, Date.now())
    if (phase === 'ended') await streams.end(made.id, Date.now(), someNumbers)
    return `live_${made.id}`
  }
  const has = async () => new Set((await client.listRooms()).map(({ name }) => name))

  test('[MED-26] rooms of ended streams are ended, what goes on or is another house’s is not', async () => {
    const ended = await stream('over', 'ended')
    const [pending, live] = [await stream('waits', 'pending'), await stream('talks', 'live')]
    const foreign = [`live_${v7()}`, 'live_of-somebody-else', `other_${v7()}`]
    const names = [ended, pending, live, ...foreign]
    const peers = new Map<string, Awaited<ReturnType<typeof carried>>>()
    for (const name of names) peers.set(name, await carried(name))
    const kept = await ticket(ended, 'b')

    expect(await roomSweep(deps)()).toBe(1)
    const connected = () => names.filter((name) => peers.get(name)?.isConnected)
    const stays = [pending, live, ...foreign]
    await vi.waitFor(() => expect(connected()).toEqual(stays), until)
    expect(await has()).toEqual(new Set(stays))
    // Who comes again with a ticket from before finds it ended again.
    const again = await nodePeer(livekit, kept)
    await vi.waitFor(() => expect(again.isConnected).toBe(false), until)
    for (const name of stays) await client.deleteRoom(name)
  })

  test('[MED-26] a round ends so many, the next one more', { timeout: 60_000 }, async () => {
    const more = sweepLimits.endedAtOnce + 1
    const names = Array.from({ length: sweepLimits.endedMax + more }, () => `live_${v7()}`)
    await Promise.all(names.map((name) => client.createRoom({ name })))
    const sweep = roomSweep({ ...deps, streams: allOver })
    expect([await sweep(), await sweep(), await sweep()]).toEqual([sweepLimits.endedMax, more, 0])
    expect((await has()).size).toBe(0)
  })

  test('[MED-26] it is looked when LiveKit answers, and then once a minute', async () => {
    const clock = { now: 0 }
    const seen = { isUp: false, looks: 0 }
    const watched = {
      get isUp() {
        seen.looks += 1
        return seen.isUp
      },
      roomIds: () => media.roomIds(),
      endLeft: (roomId: string) => media.endLeft(roomId),
    }
    const over = { ...deps, media: watched, streams: allOver }
    const left = async () => {
      const name = `live_${v7()}`
      await client.createRoom({ name })
      return name
    }
    const isEnded = (name: string) => async () => expect(await has()).not.toContain(name)
    onTestFinished(keepRoomsSwept({ ...over, world: { now: () => clock.now } }))
    const first = await left()
    seen.isUp = true
    await vi.waitFor(isEnded(first), until)
    const second = await left()
    clock.now += sweepLimits.everyMs
    await vi.waitFor(isEnded(second), until)
    const third = await left()
    seen.isUp = false
    const { looks } = seen
    await vi.waitFor(() => expect(seen.looks).toBeGreaterThan(looks), until)
    seen.isUp = true
    await vi.waitFor(isEnded(third), until)
  })
})
