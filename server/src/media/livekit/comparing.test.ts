/** What is asked of LiveKit again: each room has its turn, and what failed another. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { LiveKitMedia, livekitLimits } from './livekit-media.ts'
import { tokensHeldMs } from './rooms-over.ts'
import type { LiveKitAddress } from './settings.ts'
import { crowd, hearing, mediaAt } from './testing/crowd.ts'

/** Each look a second later. */
let now = 0
const world = { now: () => now }
const roomsCount = 100
const looks = 13

/** Answers that it is there, and what `answer` says to whatever is asked about a room. */
async function livekit(answer: (call: string, room: string) => boolean): Promise<LiveKitAddress> {
  const hear = async (request: IncomingMessage, reply: ServerResponse) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const call = request.url?.replace(/.*\//, '') ?? ''
    const { room = '' } = JSON.parse(body) as { room?: string }
    const isGood = call === 'ListRooms' || answer(call, room)
    reply.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' })
    reply.end(isGood ? '{}' : '{"code":"malformed"}')
  }
  const server = createServer((request, reply) => void hear(request, reply))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, publicUrl: url, apiKey: 'key', apiSecret: 'a secret of thirty-two letters' }
}

function media(): LiveKitMedia {
  const presence = {
    publish: () => undefined,
    subscribe: async () => undefined,
    unsubscribe: () => undefined,
  }
  return new LiveKitMedia({ presence, world, log: quietLog })
}

const nobody = { grantOf: () => null, sends: () => undefined, turned: () => undefined }

test('[MED-24] of many rooms none is passed over, though comparing them fails', async () => {
  const asked = new Set<string>()
  const at = await livekit((_, room) => {
    asked.add(room)
    return false
  })
  const side = media()
  for (let n = 0; n < roomsCount; n += 1) side.open(`live_${n}`, nobody)
  for (let look = 0; look < looks; look += 1) {
    now += 1_000
    await side.use(at)
  }
  expect(asked.size).toBe(roomsCount)
})

test('[MED-24] rooms that open at once and looks that follow one another compare no more of them', async () => {
  let asked = 0
  const at = await livekit(() => {
    asked += 1
    return true
  })
  const side = media()
  now += 1_000
  await side.use(at)
  for (let n = 0; n < roomsCount; n += 1) side.open(`live_${n}`, nobody)
  for (let look = 0; look < looks; look += 1) await side.use(at)
  await vi.waitFor(() => expect(asked).toBe(livekitLimits.comparedASecondMax))
  now += 1_000
  await side.use(at)
  await vi.waitFor(() => expect(asked).toBe(2 * livekitLimits.comparedASecondMax))
})

test('[MED-33] a room that put somebody out is compared for as long as tokens hold, though nobody is known there', async () => {
  let asked = 0
  const at = await livekit((call) => {
    if (call === 'ListParticipants') asked += 1
    return true
  })
  const side = media()
  const looks = async (afterMs: number) => {
    const before = asked
    now += afterMs
    await side.use(at)
    return asked - before
  }
  const room = side.open('live_left', nobody)
  await looks(livekitLimits.compareEveryMs)
  expect(await looks(livekitLimits.compareEveryMs)).toBe(0)
  await room.settle('ann')
  expect(await looks(livekitLimits.compareEveryMs)).toBe(1)
  expect(await looks(tokensHeldMs - livekitLimits.compareEveryMs - 1)).toBe(1)
  expect(await looks(livekitLimits.compareEveryMs)).toBe(0)
})

test('[MED-34] rooms are compared soon when something could not be heard, and not again at once', async () => {
  const clock = { now: 1_000 }
  const { livekit, comes, asked } = await crowd()
  comes('ann_a')
  const side = mediaAt(clock)
  onTestFinished(side.listen())
  side.open('live_a', hearing())
  const looks = async (afterMs: number) => {
    const before = asked('ListParticipants')
    clock.now += afterMs
    await side.use(livekit)
    return asked('ListParticipants') - before
  }
  expect(await looks(0)).toBe(1)
  expect(await looks(1_000)).toBe(0)
  side.unheard()
  expect(await looks(0)).toBe(1)
  side.unheard()
  expect(await looks(1_000)).toBe(0)
  expect(await looks(livekitLimits.unheardEveryMs)).toBe(1)
})

test('[MED-09] a room that LiveKit did not end is ended when it answers', async () => {
  const said: boolean[] = []
  const at = await livekit((call) => {
    if (call === 'DeleteRoom') said.push(said.length > 1)
    return call !== 'DeleteRoom' || said.at(-1) === true
  })
  const side = media()
  const room = side.open('live_a', nobody)
  await side.use(at)
  await room.end(true)
  for (let look = 0; look < 4; look += 1) await side.use(at)
  expect(said).toEqual([false, false, true])
})
