// Rooms that open again while another process, or an answer on its way, thinks of them as before.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MediaGrant, MediaOwner } from '@odeon/rooms/ports'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { realWorld as world } from '../../platform/world.ts'
import { LiveKitMedia } from './livekit-media.ts'

interface Call {
  name: string
  /** Answers it; `isGood` false is a no. */
  answer(isGood?: boolean): void
}

/** Speaks as LiveKit does; calls named in `held` are answered by the test. */
async function standIn(held: ReadonlySet<string> = new Set()) {
  const calls: string[] = []
  const waiting: Call[] = []
  const hear = async (request: IncomingMessage, reply: ServerResponse) => {
    await request.toArray()
    const name = request.url?.replace(/.*\//, '') ?? ''
    calls.push(name)
    const answer = (isGood = true) => {
      reply.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' })
      reply.end(isGood ? '{}' : '{"code":"malformed","msg":"no"}')
    }
    if (held.has(name)) waiting.push({ name, answer })
    else answer()
  }
  const server = createServer((request, reply) => void hear(request, reply))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const at = { url, publicUrl: url, apiKey: 'key', apiSecret: 'a secret of thirty-two letters' }
  return { at, calls, waiting }
}

const ears = new Set<(body: string) => void>()
const presence = {
  publish: (_: string, body: string) => {
    for (const hear of ears) hear(body)
  },
  subscribe: async (_: string, hear: (body: string) => void) => void ears.add(hear),
  unsubscribe: () => undefined,
}
beforeEach(() => ears.clear())

async function house(at: Awaited<ReturnType<typeof standIn>>['at']): Promise<LiveKitMedia> {
  const media = new LiveKitMedia({ presence, world, log: quietLog })
  onTestFinished(media.listen())
  await media.use(at)
  return media
}
const speaks: MediaGrant = { publish: ['microphone'], subscribe: true, isHidden: false }
const granting = (grantOf: MediaOwner['grantOf']): MediaOwner => ({
  grantOf,
  sends: () => undefined,
  turned: () => undefined,
})
const came = (room: string) =>
  JSON.stringify({
    id: `EV_${room}`,
    event: 'participant_joined',
    room: { name: room },
    participant: { identity: 'ann_a', sid: 'PA_1' },
  })

test('[MED-19] a room that closed before its start is opened elsewhere, and not ended from here', async () => {
  const { at, calls } = await standIn()
  const [one, other] = [await house(at), await house(at)]
  await one
    .open(
      'live_a',
      granting(() => null),
    )
    .end(false)
  other.open(
    'live_a',
    granting(() => speaks),
  )
  await vi.waitFor(() => expect(calls).toContain('DeleteRoom'))
  calls.length = 0
  other.told(came('live_a'))
  await vi.waitFor(() => expect(calls).toContain('ListRooms'), { timeout: 5_000 })
  expect(calls).not.toContain('DeleteRoom')
})

test('[MED-09] an end that failed is not tried again once the room was opened anew', async () => {
  const { at, calls, waiting } = await standIn(new Set(['DeleteRoom']))
  const media = await house(at)
  const ending = media
    .open(
      'live_b',
      granting(() => null),
    )
    .end(true)
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  media.open(
    'live_b',
    granting(() => speaks),
  )
  waiting[0]?.answer(false)
  await ending
  calls.length = 0
  await media.use(at)
  expect(calls).not.toContain('DeleteRoom')
})

test('[MED-06] who comes while a room is compared is known, and put out when told', async () => {
  const { at, calls, waiting } = await standIn(new Set(['ListParticipants']))
  const media = await house(at)
  let grant: MediaGrant | null = speaks
  const room = media.open(
    'live_c',
    granting(() => grant),
  )
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  media.told(came('live_c'))
  waiting[0]?.answer()
  await vi.waitFor(() => expect(calls).toContain('ListRooms'))
  await new Promise((resolve) => setImmediate(resolve))
  grant = null
  await vi.waitFor(async () => {
    expect(await room.settle('ann')).toBe(true)
    expect(calls).toContain('RemoveParticipant')
  })
})
