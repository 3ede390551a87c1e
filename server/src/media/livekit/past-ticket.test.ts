/** What whoever is let into a real LiveKit tries there past what their ticket is for. */
import type { MediaGrant } from '@odeon/rooms/ports'
import { mediaSources } from '@odeon/rooms/protocol'
import { Room, RoomEvent } from '@livekit/rtc-node'
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { mintTicket } from './grants.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 10_000, interval: 20 }
const person = { id: 'ann', name: 'Ann' }
const roomId = 'live_past_ticket'
const grants: [string, MediaGrant][] = [
  ['nothing', { publish: [], subscribe: true, isHidden: false }],
  ['a voice', { publish: ['microphone'], subscribe: true, isHidden: false }],
  ['all there is', { publish: mediaSources, subscribe: true, isHidden: false }],
]

describe.runIf(hasLiveKit)('past what a ticket is for', () => {
  let livekit: PrivateLiveKit
  beforeAll(async () => {
    livekit = await privateLiveKit('http://127.0.0.1:9/nobody')
  })

  const comes = async (token: string) => {
    const room = new Room()
    await room.connect(livekit.publicUrl, token, { autoSubscribe: true, dynacast: false })
    onTestFinished(() => room.disconnect())
    const me = room.localParticipant
    if (me === undefined) throw new Error('not connected')
    return { room, me }
  }
  const ticket = async (grant: MediaGrant) => {
    const wanted = { roomId, person, tab: 'a', grant, now: Date.now() }
    return (await mintTicket(livekit, wanted)).token
  }
  /** No ticket: what shows that data would arrive if it were let. */
  const pass = (identity: string) => {
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity })
    token.addGrant({ roomJoin: true, room: roomId, canPublishData: true })
    return token.toJwt()
  }

  test.for(grants)('[MED-15] whoever may send %s sends no data', async ([, grant]) => {
    const { room } = await comes(await pass('hears'))
    const heard: string[] = []
    room.on(RoomEvent.DataReceived, (data) => void heard.push(Buffer.from(data).toString()))
    const { me } = await comes(await ticket(grant))
    const { me: allowed } = await comes(await pass('allowed'))
    const send = (from: typeof me, text: string) =>
      from.publishData(Buffer.from(text), { reliable: true }).catch(() => undefined)
    await send(me, 'past the room')
    await vi.waitFor(async () => {
      await send(me, 'past the room')
      await send(allowed, 'let')
      expect(heard).toContain('let')
    }, until)
    expect(heard).not.toContain('past the room')
  })

  test.for(grants)('[MED-15] whoever may send %s keeps their name', async ([, grant]) => {
    const { me } = await comes(await ticket(grant))
    const tries = [
      me.updateName('Bob'),
      me.updateMetadata('host'),
      me.setAttributes({ role: 'host' }),
    ]
    await Promise.allSettled(tries)
    const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
    const { name, metadata, attributes } = await client.getParticipant(roomId, me.identity)
    expect({ name, metadata, attributes }).toEqual({ name: 'Ann', metadata: '', attributes: {} })
  })
})
