// Every role of a room of voices and of a live room tries every source at a real LiveKit.
import { mediaSources, type MediaSource } from '@odeon/rooms/protocol'
import { describe, expect, test, vi } from 'vitest'
import { nodePeer } from '../../../server/src/media/livekit/testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../../server/src/media/livekit/testing/private-livekit.ts'
import { signalPeer } from '../../../server/src/media/livekit/testing/signal-peer.ts'
import { freePort } from '../../../server/src/platform/testing/free-port.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { type AudioConnection, Odeon } from '../index.ts'

demandLiveKit()

const until = { timeout: 20_000, interval: 50 }
const voice: MediaSource[] = ['microphone']
const guest: MediaSource[] = ['camera', 'microphone', 'screen_share']

describe.runIf(hasLiveKit)('who may send what', async () => {
  const port = await freePort()
  const livekit = await privateLiveKit(`http://127.0.0.1:${port}/v1/media/webhook`)
  const { url } = await startTestServer({ media: livekit, port })
  const ann = new Odeon(url)
  const account = { username: 'ann', email: 'ann@odeon.test', password: 'correct horse battery' }
  await ann.auth.register(account)

  /** What LiveKit lets a new connection of theirs send, source by source. */
  const maySend = async (room: AudioConnection, tab: string): Promise<MediaSource[]> => {
    const asker = await signalPeer(await room.mediaTicket(tab))
    const found: MediaSource[] = []
    for (const source of mediaSources) if (await asker.asks(source)) found.push(source)
    return found
  }
  const come = async (id: string, kind: 'audio' | 'live'): Promise<AudioConnection> => {
    const odeon = new Odeon(url)
    await odeon.auth.guest()
    return await odeon[kind].join(id)
  }

  test.each([
    ['audio', voice, voice],
    ['live', [...mediaSources], guest],
  ] as const)(
    '[MED-01] in a room of kind %s everybody sends what their seat lets them',
    async (kind, hosts, seats) => {
      const { id } =
        kind === 'audio'
          ? await ann.audio.create({ title: 'Tea' })
          : await ann.streams.create({ title: 'Tea' })
      const host = await ann[kind].join(id)
      await host.start()
      const [viewer, seated, silenced, stood] = await Promise.all([
        come(id, kind),
        come(id, kind),
        come(id, kind),
        come(id, kind),
      ])
      await vi.waitFor(() => expect(host.state.floor?.hasMedia).toBe(true), until)
      for (const room of [seated, silenced, stood]) {
        await host.floor.invite(room.you.id)
        await room.floor.sit()
      }
      await host.floor.silence(silenced.you.id)
      await stood.floor.stand()
      const answers = {
        host: await maySend(host, 'a'),
        viewer: await maySend(viewer, 'a'),
        seated: await maySend(seated, 'a'),
        silenced: await maySend(silenced, 'a'),
        stood: await maySend(stood, 'a'),
      }
      const withoutVoice = seats.filter((source) => source !== 'microphone')
      expect(answers).toEqual({
        host: hosts,
        viewer: [],
        seated: seats,
        silenced: kind === 'audio' ? [] : withoutVoice,
        stood: [],
      })
      // Who leaves the room is not in its media, nor with what they hold.
      const kept = await seated.mediaTicket('b')
      const peer = await nodePeer(livekit, (await seated.mediaTicket('c')).token)
      await seated.leave()
      await vi.waitFor(() => expect(peer.isConnected).toBe(false), until)
      const again = await nodePeer(livekit, kept.token).catch(() => undefined)
      await vi.waitFor(() => expect(again?.isConnected ?? false).toBe(false), until)
      await host.end()
      for (const room of [host, viewer, silenced, stood]) await room.leave()
    },
    60_000,
  )

  test('[MED-11] a whole server hears what LiveKit tells', async () => {
    const figures = await (await fetch(`${url}/metrics`)).text()
    const [, heard] = /^odeon_media_tellings_total\{outcome="heard"\} (\d+)$/m.exec(figures) ?? []
    expect(Number(heard)).toBeGreaterThan(10)
    expect(figures).not.toContain('outcome="refused"')
  })
})
