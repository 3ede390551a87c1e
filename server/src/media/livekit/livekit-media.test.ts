/** A real LiveKit does what all media must. */
import { VideoLayer } from '@livekit/protocol'
import { mediaContract, type MediaPeer } from '@odeon/rooms/media-contract'
import type { MediaGrant, MediaOwner } from '@odeon/rooms/ports'
import { mediaLimits, type MediaSource, type MediaTicket } from '@odeon/rooms/protocol'
import { RoomServiceClient } from 'livekit-server-sdk'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testApp } from '../../platform/http/testing.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { openShared } from '../../platform/shared.ts'
import { realWorld } from '../../platform/world.ts'
import type { LiveKitRoom } from './livekit-room.ts'
import { mediaSide } from './media-side.ts'
import { nodePeer } from './testing/node-peer.ts'
import { signalPeer } from './testing/signal-peer.ts'
import { tamperedLiveKit } from './testing/tampered-livekit.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 10_000, interval: 20 }

describe.runIf(hasLiveKit)('media carried by LiveKit', async () => {
  const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
  const registry = new Registry()
  const side = mediaSide({ presence, world: realWorld, log: quietLog, registry })
  const { url } = await testApp({ endpoints: side.endpoints })
  let livekit: PrivateLiveKit
  beforeAll(async () => {
    livekit = await privateLiveKit(`${url}/v1/media/webhook`)
    afterAll(side.media.listen())
    await side.media.use(livekit)
  })

  mediaContract(async () => ({
    media: side.media,
    connect: ({ token }) => nodePeer(livekit, token),
    asker: signalPeer,
    down: () => livekit.stop(),
    up: () => livekit.start(),
  }))

  const owner: MediaOwner = {
    grantOf: () => ({ publish: [], subscribe: true, isHidden: false }),
    sends() {},
    turned() {},
  }
  const person = { id: 'ann', name: 'Ann' }
  const opened = async (roomId: string) => {
    const room = side.media.open(roomId, owner)
    await vi.waitFor(() => expect(side.media.isUp).toBe(true), until)
    return room
  }

  test('[MED-04] tickets that were made before let no more tabs in than may be', async () => {
    const room = await opened('live_tabs')
    const tickets: MediaTicket[] = []
    for (const tab of ['a', 'b', 'c', 'd', 'e', 'f']) tickets.push(await room.ticket(person, tab))
    const peers: MediaPeer[] = []
    for (const { token } of tickets) peers.push(await nodePeer(livekit, token))
    const connected = () => peers.filter(({ isConnected }) => isConnected)
    await vi.waitFor(() => expect(connected()).toHaveLength(mediaLimits.tabsPerPersonMax), until)
  })

  test('[MED-14] [MED-30] one ticket lets nobody stay beside the first, whatever name is asked for', async () => {
    const grantOf = () => ({ publish: ['microphone'] as const, subscribe: true, isHidden: false })
    const room = side.media.open('live_beside', { ...owner, grantOf }) as LiveKitRoom
    const ticket = await vi.waitFor(() => room.ticket(person, 'a'), until)
    await signalPeer(ticket)
    for (const publish of ['1', '_b', '_visitx', 'x'.repeat(5_000)]) {
      await signalPeer({ ...ticket, publish })
    }
    const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
    await vi.waitFor(async () => {
      await room.compare()
      const here = await client.listParticipants('live_beside')
      expect(here.map(({ identity }) => identity)).toEqual([ticket.identity])
    }, until)
    expect([...room.present.keys()]).toEqual(['ann'])
  })

  test('[MED-20] who sends a picture as a voice is disconnected, and no voice is told of', async () => {
    const grant: MediaGrant = { publish: ['microphone'], subscribe: true, isHidden: false }
    const told: MediaSource[] = []
    const sends = (_userId: string, sources: readonly MediaSource[]) => void told.push(...sources)
    const room = side.media.open('audio_false', { ...owner, grantOf: () => grant, sends })
    await vi.waitFor(() => expect(side.media.isUp).toBe(true), until)
    const peer = await nodePeer(livekit, (await room.ticket(person, 'a')).token)
    await peer.lie('microphone').catch(() => undefined)
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), until)
    expect(told).toEqual([])
  })

  test('[MED-34] who says so much of a track that it cannot be told is disconnected all the same', async () => {
    const grant: MediaGrant = { publish: ['camera'], subscribe: true, isHidden: false }
    const told: MediaSource[] = []
    const sends = (_userId: string, sources: readonly MediaSource[]) => void told.push(...sources)
    const room = side.media.open('live_large', { ...owner, grantOf: () => grant, sends })
    const { token } = await vi.waitFor(() => room.ticket(person, 'a'), until)
    const tampered = await tamperedLiveKit(livekit, (request) => {
      const layer = new VideoLayer({ width: 1_000, height: 1_000, bitrate: 1_000_000 })
      request.layers.push(...Array.from({ length: 3_000 }, () => layer))
    })
    const peer = await nodePeer(tampered, token)
    await peer.publish('camera').catch(() => undefined)
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), { timeout: 20_000 })
    const tellings = await registry.getSingleMetric('odeon_media_tellings_total')?.get()
    expect(tellings?.values.map(({ labels }) => labels['outcome'])).toContain('too_large')
    expect(told).toEqual([])
    const honest = await nodePeer(livekit, (await room.ticket(person, 'b')).token)
    await honest.publish('camera')
    await vi.waitFor(() => expect(told).toEqual(['camera']), until)
  }, 60_000)

  test('[MED-21] what somebody sends past their grant stops as soon as it is told', async () => {
    let publish: MediaSource[] = ['camera']
    const grantOf = () => ({ publish, subscribe: true, isHidden: false })
    const room = side.media.open('live_past', { ...owner, grantOf })
    const { token } = await vi.waitFor(() => room.ticket(person, 'a'), until)
    const peer = await nodePeer(livekit, token)
    await vi.waitFor(() => expect((room as LiveKitRoom).present.size).toBe(1), until)
    // Nobody settles it: LiveKit lets what it was told before.
    publish = []
    await peer.publish('camera')
    await vi.waitFor(async () => expect(await peer.sending()).toEqual([]), { timeout: 5_000 })
  })

  test('[MED-19] who comes again into media that are over finds them ended again', async () => {
    const room = await opened('live_over')
    const { token } = await room.ticket(person, 'a')
    await room.end(true)
    const peer = await nodePeer(livekit, token)
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), until)
  })
})
