/** Several processes are one house: LiveKit tells one of them, the one with the room hears it. */
import type { MediaOwner } from '@odeon/rooms/ports'
import type { MediaSource } from '@odeon/rooms/protocol'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openShared } from '../../platform/shared.ts'
import { demandRedis, hasRedis, privateRedis } from '../../platform/testing/private-redis.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { realWorld as world } from '../../platform/world.ts'
import { LiveKitMedia } from './livekit-media.ts'

demandRedis()

const until = { timeout: 20_000, interval: 50 }
const track = { sid: 'TR_1', source: 'MICROPHONE' }
const telling = (id: string, event: string, room = 'live_a') =>
  JSON.stringify({
    id,
    event,
    room: { name: room },
    participant: { identity: 'ann_a', sid: 'PA_1' },
    track,
  })

async function oneProcess(redisUrl: string): Promise<LiveKitMedia> {
  const shared = await openShared({ redisUrl, log: quietLog })
  const media = new LiveKitMedia({ presence: shared.presence, world, log: quietLog })
  const silence = media.listen()
  onTestFinished(async () => {
    await silence()
    await shared.close()
  })
  return media
}

function owner(said: string[]): MediaOwner {
  return {
    grantOf: () => ({ publish: ['microphone'], subscribe: true, isHidden: false }),
    sends: (userId: string, sources: readonly MediaSource[]) =>
      void said.push(`${userId}: ${sources.join()}`),
    turned: () => undefined,
  }
}

describe.runIf(hasRedis)('media over several processes', () => {
  test('[MED-13] what LiveKit tells one process is heard where the room is, once, in order', async () => {
    const redis = await privateRedis()
    const [first, second] = [await oneProcess(redis.url), await oneProcess(redis.url)]
    const [said, elsewhere]: [string[], string[]] = [[], []]
    first.open('live_a', owner(said))
    second.open('live_b', owner(elsewhere))
    let times = 0
    // A subscription takes a moment; until then what is told is heard by nobody.
    await vi.waitFor(() => {
      second.told(telling(`EV_1-${(times += 1)}`, 'track_published'))
      expect(said).toEqual(['ann: microphone'])
    }, until)
    second.told(telling('EV_2', 'track_unpublished'))
    await vi.waitFor(() => expect(said).toEqual(['ann: microphone', 'ann: ']), until)
    // Again, by whichever way it comes, and something new behind it.
    first.told(telling('EV_2', 'track_unpublished'))
    second.told(telling('EV_3', 'track_published'))
    second.told(telling('EV_2', 'track_unpublished'))
    second.told(telling('EV_4', 'track_published', 'live_b'))
    await vi.waitFor(() => expect(elsewhere).toEqual(['ann: microphone']), until)
    expect(said).toEqual(['ann: microphone', 'ann: ', 'ann: microphone'])
    // That she came is told late, and takes nothing away.
    second.told(telling('EV_5', 'participant_joined'))
    second.told(telling('EV_6', 'track_unpublished', 'live_b'))
    await vi.waitFor(() => expect(elsewhere).toHaveLength(2), until)
    expect(said).toHaveLength(3)
  })
})
