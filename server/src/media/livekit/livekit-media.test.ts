/** A real LiveKit does what all media must. */
import { mediaContract } from '@odeon/rooms/media-contract'
import { afterAll, beforeAll, describe } from 'vitest'
import { testApp } from '../../platform/http/testing.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { openShared } from '../../platform/shared.ts'
import { realWorld } from '../../platform/world.ts'
import { mediaSide } from './media-side.ts'
import { nodePeer } from './testing/node-peer.ts'
import { signalPeer } from './testing/signal-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

describe.runIf(hasLiveKit)('media carried by LiveKit', async () => {
  const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
  const side = mediaSide({ presence, world: realWorld, log: quietLog })
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
})
