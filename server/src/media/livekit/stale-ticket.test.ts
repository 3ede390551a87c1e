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
import { nodePeer, type NodePeer } from './testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'
import { signalPeer } from './testing/signal-peer.ts'

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
      const ticket = (tab: string) => vi.waitFor(() => room.ticket(person, tab), until)
      const sends = async (peer: NodePeer) => (await peer.sending()).toSorted()
      const [kept, other] = [await ticket('a'), await ticket('b')]
      // With one like these all of it is sent while it is granted: what follows is a real try.
      const allowed = await nodePeer(livekit, (await ticket('c')).token)
      for (const source of before) await allowed.publish(source)
      await vi.waitFor(async () => expect(await sends(allowed)).toEqual(before), until)
      await allowed.leave()

      grant = seen(now)
      // Without media it is not told of, and looked at with whoever has some.
      const asker = await signalPeer(other)
      const peer = await nodePeer(livekit, kept.token)
      // LiveKit lets what the ticket says until the room has heard who came.
      const tries = before.map((source) => peer.publish(source))
      // LiveKit's client takes 10 s to give up what is not let: nobody waits for that.
      void Promise.allSettled(tries)
      for (const [at, source] of before.entries()) if (now.includes(source)) await tries[at]
      const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
      await vi.waitFor(async () => {
        for (const { identity } of [kept, other]) {
          expect(agrees(await client.getParticipant(roomId, identity), grant)).toBe(true)
        }
        expect(await sends(peer)).toEqual(now)
      }, until)
      // From then on it is LiveKit itself that says no, and yes to what is left.
      for (const source of before) expect(await asker.asks(source)).toBe(now.includes(source))
      expect(await sends(peer)).toEqual(now)
    },
  )
})
