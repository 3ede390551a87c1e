/** What a real LiveKit says of itself becomes metrics of ours; without it nothing fails. */
import { Registry } from 'prom-client'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { openShared } from '../../platform/shared.ts'
import { realWorld } from '../../platform/world.ts'
import { mirrorFigures, samplesOf } from './livekit-figures.ts'
import { mediaSide } from './media-side.ts'
import { testApp } from '../../platform/http/testing.ts'
import { nodePeer } from './testing/node-peer.ts'
import { demandLiveKit, hasLiveKit, privateLiveKit } from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 15_000, interval: 100 }

/** By name and labels, as they are written. */
async function valuesOf(registry: Registry): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('odeon'))
  return new Map(lines.map((line) => line.split(/ (?=\S+$)/) as [string, string]).map(pair))
}
const pair = ([name, value]: [string, string]): [string, number] => [name, Number(value)]

test('[MED-23] samples are read with their labels, whatever is said in them', () => {
  const text = '# TYPE a counter\na{one="x\\"} y",two=""} 3\nb 1e+06\nc{le="+Inf"} 4\nnonsense\n'
  expect(samplesOf(text)).toEqual([
    { name: 'a', labels: { one: 'x\\"} y', two: '' }, value: 3 },
    { name: 'b', labels: {}, value: 1e6 },
    { name: 'c', labels: { le: '+Inf' }, value: 4 },
  ])
})

test('[MED-23] without a LiveKit that says its figures the page of metrics goes on', async () => {
  for (const address of [undefined, 'http://127.0.0.1:9/metrics']) {
    const registry = new Registry()
    mirrorFigures(registry, () => address)
    const values = await valuesOf(registry)
    expect([...values]).toEqual([['odeon_livekit_up', 0]])
    expect(await registry.metrics()).toContain('# TYPE odeon_livekit_rtt_seconds histogram')
  }
})

describe.runIf(hasLiveKit)('figures of LiveKit', () => {
  test('[MED-23] rooms, people, tracks, bytes, loss and round trips are told (OBS-08…11)', async () => {
    const registry = new Registry()
    const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
    const side = mediaSide({ presence, world: realWorld, log: quietLog, registry })
    const app = await testApp({ endpoints: side.endpoints })
    const livekit = await privateLiveKit(`${app.url}/v1/media/webhook`)
    afterAll(side.media.listen())
    await side.media.use(livekit)
    const bare = new URL(livekit.metricsUrl)
    bare.username = bare.password = ''
    expect((await fetch(bare)).status, 'nobody reads it without the password').toBe(401)

    const room = side.media.open('live_figures', {
      grantOf: () => ({ publish: ['microphone'], subscribe: true, isHidden: false }),
      sends() {},
      turned() {},
    })
    const come = async (id: string) =>
      await nodePeer(livekit, (await room.ticket({ id, name: id }, 'a')).token)
    const ann = await come('ann')
    await come('bob')
    await ann.publish('microphone')
    ann.hum()
    await vi.waitFor(async () => {
      const values = await valuesOf(registry)
      const figures = Object.fromEntries(values)
      expect(figures).toMatchObject({
        odeon_media_up: 1,
        odeon_media_rooms: 1,
        odeon_media_streams: 1,
        odeon_media_people: 2,
        'odeon_media_sending{source="microphone"}': 1,
        odeon_livekit_up: 1,
        odeon_livekit_rooms: 1,
        odeon_livekit_participants: 2,
        'odeon_livekit_tracks{direction="received",kind="audio"}': 1,
        'odeon_livekit_tracks{direction="sent",kind="audio"}': 1,
      })
      expect(figures['odeon_livekit_bytes_total{direction="received"}']).toBeGreaterThan(0)
      expect(figures['odeon_livekit_packets_total{direction="sent"}']).toBeGreaterThan(0)
      expect(figures['odeon_livekit_rtt_seconds_count']).toBeGreaterThan(0)
    }, until)
  }, 40_000)
})
