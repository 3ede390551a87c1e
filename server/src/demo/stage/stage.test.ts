/** What is seen and heard in the demo: made as it goes, sent while somebody is there to see it. */
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import type { LiveState, MediaTicket } from '@odeon/rooms/protocol'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nodePeer } from '../../media/livekit/testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../media/livekit/testing/private-livekit.ts'
import { freePort } from '../../platform/testing/free-port.ts'
import { quietLog, recordingLog } from '../../platform/testing/quiet-log.ts'
import { startTestServer, type TestServer } from '../../platform/testing/test-server.ts'
import type { Seat } from '../../rooms/protocol.ts'
import { scripts } from '../scripts.ts'
import { pictureSize } from './canvas.ts'
import { Music, sampleRate } from './music.ts'
import { type LookName, looks, Painter } from './painter.ts'
import { openStage } from './stage.ts'
import { Voice } from './voice.ts'

demandLiveKit()

const until = { timeout: 30_000, interval: 100 }
const names = Object.keys(looks) as LookName[]
const noon = Date.UTC(2026, 0, 1, 12)

interface Sounding {
  render(samples: Int16Array): void
}

/** Seconds of sound: how loud all of it is, and its loudest sample, 0…1. */
function levelsOf(source: Sounding, seconds: number) {
  const samples = new Int16Array(sampleRate * seconds)
  source.render(samples)
  let [loudest, power] = [0, 0]
  for (const one of samples) {
    loudest = Math.max(loudest, Math.abs(one) / 32_768)
    power += (one / 32_768) ** 2
  }
  return { loudest, effective: Math.sqrt(power / samples.length) }
}

describe('[RUN-74] what the demo plays is made as it goes, seeded and quiet', () => {
  test.each(names)('%s is a picture that moves, and the same seed paints it again', (name) => {
    const { width, height } = pictureSize
    const first = Buffer.from(new Painter(name, 7).paint(noon, 0.5))
    expect(first).toHaveLength(width * height * 1.5)
    expect(first.equals(Buffer.from(new Painter(name, 7).paint(noon, 0.5)))).toBe(true)
    const later = new Painter(name, 7).paint(noon + 1_000, 0.5)
    const changed = first.filter((value, at) => value !== later[at]).length
    expect(changed).toBeGreaterThan(first.length / 20)
    expect(new Set(first).size).toBeGreaterThan(100)
  })

  test.each(names)('the music of %s is heard and never loud', (name) => {
    const { loudest, effective } = levelsOf(new Music(name, 7), 4)
    expect(effective).toBeGreaterThan(0.005)
    expect(effective).toBeLessThan(0.06)
    expect(loudest).toBeLessThan(0.3)
  })

  test('a voice has syllables and pauses, and is louder than nothing', () => {
    const voice = new Voice(7, 120)
    const levels = Array.from({ length: 200 }, () => levelsOf(voice, 0.05).effective)
    const loud = levels.filter((level) => level > 0.01).length
    expect(loud).toBeGreaterThan(50)
    expect(levels.filter((level) => level < 0.002).length).toBeGreaterThan(5)
    expect(Math.max(...levels)).toBeLessThan(0.2)
  })
})

test('[RUN-76] a part that is let in nowhere is over, and nothing runs once the stage is closed', async () => {
  const stage = openStage({ log: quietLog, newId: () => 'one' })
  const entrance = { url: 'ws://127.0.0.1:9', token: 'x.y.z' }
  const part = { kind: 'voice', pitchHz: 120, seed: 1 } as const
  expect(await stage.perform(part, entrance)).toBeUndefined()
  expect(stage.canPlay).toBe(true)
  await stage.close()
  expect(await stage.perform(part, entrance)).toBeUndefined()
})

interface Visit {
  room: Room<unknown, LiveState>
  ticket(): Promise<MediaTicket>
}

async function visit(server: TestServer, handle: string, name: string): Promise<Visit> {
  const path = `/v1/streams?phase=live&channel=${handle}`
  const id = await vi.waitFor(async () => {
    const { streams } = (await (await server.fetch(path)).json()) as { streams: { id: string }[] }
    return streams[0]?.id ?? expect.fail(`${handle} is not live yet`)
  }, until)
  const { accessToken: token } = await server.guest(name)
  const reply = await server.fetch(`/v1/streams/${id}/seat`, { json: {}, token })
  const seat = (await reply.json()) as Seat
  const room = await new ColyseusSDK(server.url).consumeSeatReservation<LiveState>(seat)
  room.onMessage('*', () => undefined)
  onTestFinished(() => void room.leave())
  const ask = { requestId: `ticket-${name}`, tab: 'a' }
  return { room, ticket: () => room.request<object, MediaTicket>('media.ticket', ask) }
}

describe.runIf(hasLiveKit)('a demo with a LiveKit', async () => {
  const port = await freePort()
  const livekit = await privateLiveKit(`http://127.0.0.1:${port}/v1/media/webhook`)
  const server = await startTestServer({ demo: 'on', media: livekit, port })
  const [painted = ''] = scripts.find(([, { stage }]) => 'look' in stage) ?? []
  const [host = ''] = scripts.find(([, { stage }]) => 'speakers' in stage) ?? []

  test('[RUN-75] who comes into a live stream sees a picture and hears music', {
    timeout: 120_000,
  }, async () => {
    const { ticket } = await visit(server, painted, 'Ozan')
    const peer = await nodePeer(livekit, (await vi.waitFor(ticket, until)).token)
    await vi.waitFor(() => expect(peer.received.pictures).toBeGreaterThan(10), until)
    await vi.waitFor(() => expect(peer.received.loudest).toBeGreaterThan(0.002), until)
  })

  test('[RUN-75] in the room of voices people of the demo are heard, and again when LiveKit is back', {
    timeout: 180_000,
  }, async () => {
    const { room, ticket } = await visit(server, host, 'Ottilie')
    const audible = () =>
      Array.from(room.state.floor?.speakers.values() ?? []).filter(({ isAudible }) => isAudible)
    await vi.waitFor(() => expect(audible().length).toBeGreaterThanOrEqual(3), until)
    const peer = await nodePeer(livekit, (await ticket()).token)
    await vi.waitFor(() => expect(peer.received.loudest).toBeGreaterThan(0.01), until)
    await peer.leave()
    await livekit.stop()
    await vi.waitFor(() => expect(audible()).toEqual([]), until)
    await livekit.start()
    await vi.waitFor(() => expect(audible().length).toBeGreaterThanOrEqual(3), until)
  })
})

test('[RUN-77] where the program cannot be had the demo says one line and goes on', async () => {
  const { log, lines } = recordingLog()
  const program = new URL('./testing/no-player.ts', import.meta.url)
  const stage = openStage({ log, newId: () => 'one', program })
  const entrance = { url: 'ws://127.0.0.1:9', token: 'x.y.z' }
  const part = { kind: 'voice', pitchHz: 120, seed: 1 } as const
  expect(await stage.perform(part, entrance)).toBeUndefined()
  expect([stage.canPlay, lines.filter(({ level }) => level === 'warn').length]).toEqual([false, 1])
  await stage.close()
})
