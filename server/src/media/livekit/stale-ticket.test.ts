/** Tickets that were made when the room still granted more, at a real LiveKit. */
import type { MediaGrant, MediaOwner } from '@odeon/rooms/ports'
import type { MediaSource } from '@odeon/rooms/protocol'
import { RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testApp } from '../../platform/http/testing.ts'
import { openShared } from '../../platform/shared.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { realWorld } from '../../platform/world.ts'
import { agrees } from './grants.ts'
import { mediaSide } from './media-side.ts'
import { nodePeer } from './testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 10_000, interval: 20 }
const seen = (publish: readonly MediaSource[]): MediaGrant => {
  return { publish, subscribe: true, isHidden: false }
}

/** What a ticket was made for, and what they may still send. */
const losses: [string, MediaSource[], MediaSource[]][] = [
  ['silenced in a room of voices', ['microphone'], []],
  ['silenced in a live room', ['camera', 'microphone'], ['camera']],
  ['back among those who look', ['camera', 'microphone'], []],
]

describe.runIf(hasLiveKit)('a ticket from before', async () => {
  const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
  const side = mediaSide({ presence, world: realWorld, log: quietLog })
  const { url } = await testApp({ endpoints: side.endpoints })
  let livekit: PrivateLiveKit
  beforeAll(async () => {
    livekit = await privateLiveKit(`${url}/v1/media/webhook`)
    afterAll(side.media.listen())
    await side.media.use(livekit)
  })

  test.for(losses)(
    '[MED-21] lets nobody who is %s since send what they may not',
    { timeout: 60_000 },
    async ([name, before, now]) => {
      let grant = seen(before)
      const owner: MediaOwner = { grantOf: () => grant, sends() {}, turned() {} }
      const roomId = `live_${name.replaceAll(' ', '_')}`
      const room = side.media.open(roomId, owner)
      const person = { id: 'ann', name: 'Ann' }
      const { token } = await vi.waitFor(() => room.ticket(person, 'a'), until)
      grant = seen(now)
      const peer = await nodePeer(livekit, token)
      // LiveKit lets what the ticket says until the room has heard who came.
      await Promise.allSettled(before.map((source) => peer.publish(source)))
      const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
      await vi.waitFor(async () => {
        expect(agrees(await client.getParticipant(roomId, peer.identity), grant)).toBe(true)
        for (const source of await peer.sending()) expect(now).toContain(source)
      }, until)
    },
  )
})
