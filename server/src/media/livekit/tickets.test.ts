/** What a ticket is good for at a real LiveKit, and all it is not good for. */
import type { MediaGrant } from '@odeon/rooms/ports'
import { mediaLimits, mediaSources } from '@odeon/rooms/protocol'
import { decodeJwt } from 'jose'
import { AccessToken, RoomServiceClient, TokenVerifier } from 'livekit-server-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { mintTicket, permissionOf } from './grants.ts'
import { nodePeer } from './testing/node-peer.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
  type PrivateLiveKit,
} from './testing/private-livekit.ts'

demandLiveKit()

const looks: MediaGrant = { publish: [], subscribe: true, isHidden: false }
const person = { id: 'ann', name: 'Ann' }

describe.runIf(hasLiveKit)('tickets at a real LiveKit', () => {
  let livekit: PrivateLiveKit
  beforeAll(async () => {
    livekit = await privateLiveKit('http://127.0.0.1:9/nobody')
  })

  const ticket = (grant = looks, roomId = 'live_a') =>
    mintTicket(livekit, { roomId, person, tab: 'a', grant, now: Date.now() })
  /** What LiveKit says to whoever asks to come in with it. */
  const asks = async (token: string) => {
    const { status } = await fetch(`${livekit.url}/rtc/validate?access_token=${token}`)
    return status
  }
  const own = (options: { ttl?: number; secret?: string; key?: string } = {}) =>
    new AccessToken(options.key ?? livekit.apiKey, options.secret ?? livekit.apiSecret, {
      identity: 'ann_a',
      ttl: options.ttl ?? 60,
    })
  const joins = (token: AccessToken) => {
    token.addGrant({ roomJoin: true, room: 'live_a' })
    return token.toJwt()
  }

  test('[MED-14] a ticket names one room and one identity, and holds for two minutes', async () => {
    const { token, identity, expiresAt } = await ticket()
    const { exp = 0, nbf = 0, sub, iss, video } = decodeJwt(token)
    expect({ sub, iss, video }).toMatchObject({
      sub: identity,
      iss: livekit.apiKey,
      video: { room: 'live_a', roomJoin: true, canPublish: false, canPublishData: false },
    })
    expect((exp - nbf) * 1_000).toBe(mediaLimits.ticketMs)
    expect(Math.abs(expiresAt - exp * 1_000)).toBeLessThan(2_000)
    expect(await asks(token)).toBe(200)
  })

  test('[MED-14] expired, forged and altered tickets are refused', async () => {
    const { token } = await ticket()
    const [head = '', claims = '', signature = ''] = token.split('.')
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
      video: Record<string, unknown>
    }
    const altered = (change: object) => `${head}.${encoded({ ...said, ...change })}.${signature}`
    const unsigned = `${encoded({ alg: 'none', typ: 'JWT' })}.${claims}.`
    const refused: Record<string, string> = {
      expired: await joins(own({ ttl: -120 })),
      'signed with another secret': await joins(own({ secret: 'x'.repeat(40) })),
      'of another key': await joins(own({ key: 'other' })),
      'for another room': altered({ video: { ...said.video, room: 'live_b' } }),
      'for another identity': altered({ sub: 'bob_a' }),
      'that may send': altered({ video: { ...said.video, canPublish: true } }),
      'that administers': altered({ video: { ...said.video, roomAdmin: true } }),
      'without a signature': `${head}.${claims}.`,
      unsigned,
      'that lets nobody in': await own().toJwt(),
      nothing: '',
    }
    const answers = await Promise.all(
      Object.entries(refused).map(async ([name, one]) => [name, await asks(one)]),
    )
    expect(answers.filter(([, status]) => Number(status) < 400)).toEqual([])
  })

  test('[MED-14] with a ticket for one room nobody comes into another', async () => {
    const { token } = await ticket()
    const peer = await nodePeer(livekit, token)
    const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
    const here = await client.listParticipants('live_a')
    expect(here.map(({ identity }) => identity)).toEqual([peer.identity])
    expect(await client.listRooms(['live_b'])).toEqual([])
  })

  test('[MED-15] a ticket administers nothing', async () => {
    const { token } = await ticket({ ...looks, publish: mediaSources })
    const call = async (method: string, body: object) => {
      const answer = await fetch(`${livekit.url}/twirp/livekit.RoomService/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answer.status
    }
    const room = 'live_a'
    const of = { room, identity: 'bob_a' }
    const statuses = [
      await call('CreateRoom', { name: 'live_c' }),
      await call('ListRooms', {}),
      await call('DeleteRoom', { room }),
      await call('ListParticipants', { room }),
      await call('RemoveParticipant', of),
      await call('UpdateParticipant', { ...of, permission: { canPublish: true } }),
      await call('MutePublishedTrack', { ...of, trackSid: 'TR_x', muted: true }),
      await call('SendData', { room, data: '', kind: 0 }),
      await call('UpdateRoomMetadata', { room, metadata: 'x' }),
    ]
    expect(statuses.every((status) => status === 401 || status === 403)).toBe(true)
  })

  test('[MED-15] nobody sends data past the room or renames themselves, whatever they may send', async () => {
    for (const publish of [[], ['microphone'] as const, mediaSources]) {
      const grant = { publish, subscribe: true, isHidden: false }
      const { token } = await ticket(grant)
      const verifier = new TokenVerifier(livekit.apiKey, livekit.apiSecret)
      const { video } = await verifier.verify(token)
      expect(video).toMatchObject({ canPublishData: false, canUpdateOwnMetadata: false })
      expect(permissionOf(grant)).toMatchObject({ canPublishData: false, canUpdateMetadata: false })
    }
  })
})
