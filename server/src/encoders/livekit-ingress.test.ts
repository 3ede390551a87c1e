/** What takes in encoders does what the port says: the stand-in, and LiveKit itself with Redis. */
import { InputVideoState } from '@livekit/protocol'
import { describe, expect, test } from 'vitest'
import { livekitWithRedis } from '../media/livekit/testing/livekit-with-redis.ts'
import { demandLiveKit, hasLiveKit } from '../media/livekit/testing/private-livekit.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import { IngressAway } from './ingress.ts'
import { livekitIngress } from './livekit-ingress.ts'
import { IngressState_Status, standInIngress } from './testing/stand-in-ingress.ts'

demandLiveKit()
demandRedis()

const to = { roomId: 'live_a', identity: 'ann_encoder', name: 'Ann' }

function contract(at: LiveKitAddress): void {
  test('[OUT-01] an entry is made with a key of its own, pointed, closed and removed', async () => {
    const ingress = livekitIngress(() => at)
    const label = `a channel ${at.url}`
    const entry = { protocol: 'rtmp', identity: 'ann_encoder', label } as const
    const [first, second] = await Promise.all([ingress.create(entry), ingress.create(entry)])
    expect(first.key.length).toBeGreaterThanOrEqual(12)
    expect(new Set([first.key, second.key, first.ingressId, second.ingressId]).size).toBe(4)
    expect(await ingress.point(first.ingressId, to)).toBe('done')
    const nothing = { connection: 'away', problem: '', endedAt: 0, video: null, audio: null }
    expect(await ingress.look(first.ingressId)).toEqual({ key: first.key, ...nothing })
    expect(await ingress.point(first.ingressId, null)).toBe('done')
    const ours = (await ingress.list()).filter((one) => one.label === label)
    const ids = [first.ingressId, second.ingressId]
    expect(ours.map(({ ingressId }) => ingressId).toSorted()).toEqual(ids.toSorted())
    await ingress.remove(first.ingressId)
    await ingress.remove(first.ingressId)
    expect(await ingress.look(first.ingressId)).toBe('gone')
    expect(await ingress.point(first.ingressId, to)).toBe('gone')
    expect(await ingress.look(second.ingressId)).toMatchObject({ key: second.key })
    const forged = livekitIngress(() => ({ ...at, apiSecret: 'x'.repeat(40) }))
    await expect(forged.look(second.ingressId)).rejects.toThrow(IngressAway)
  })
}

const standIn = await standInIngress()
describe('the stand-in', () => {
  contract(standIn)
})

if (hasLiveKit && hasRedis) {
  const real = await livekitWithRedis()
  describe('LiveKit', () => {
    contract(real)
  })
}

test('[OUT-01] an entry is closed when it is made and tells what comes in by it', async () => {
  const ingress = livekitIngress(() => standIn)
  const { ingressId } = await ingress.create({ protocol: 'whip', identity: 'a_b', label: 'c' })
  expect(standIn.entries.get(ingressId)).toMatchObject({ enabled: false, inputType: 1 })
  await ingress.point(ingressId, to)
  expect(standIn.entries.get(ingressId)).toMatchObject({
    enabled: true,
    roomName: 'live_a',
    participantIdentity: 'ann_encoder',
  })
  standIn.becomes(ingressId, { status: IngressState_Status.ENDPOINT_ERROR, error: 'no such codec' })
  const failed = { connection: 'failed', problem: 'no such codec' }
  expect(await ingress.look(ingressId)).toMatchObject(failed)
  const past = { video: new InputVideoState({ width: 640, height: 360 }), error: 'no such codec' }
  standIn.becomes(ingressId, { ...past, status: IngressState_Status.ENDPOINT_INACTIVE })
  const nothing = { connection: 'away', problem: '', video: null, audio: null }
  expect(await ingress.look(ingressId)).toMatchObject(nothing)
  const cutOff = { ...past, error: 'context canceled' }
  standIn.becomes(ingressId, { ...cutOff, status: IngressState_Status.ENDPOINT_ERROR })
  expect(await ingress.look(ingressId)).toMatchObject(nothing)
  standIn.becomes(ingressId, { ...past, status: IngressState_Status.ENDPOINT_PUBLISHING })
  const sending = { connection: 'sending', problem: '', video: { width: 640, height: 360 } }
  expect(await ingress.look(ingressId)).toMatchObject(sending)
  standIn.isAway = true
  await expect(ingress.create({ protocol: 'rtmp', identity: 'a', label: 'c' })).rejects.toThrow(
    IngressAway,
  )
  await expect(livekitIngress(() => undefined).look(ingressId)).rejects.toThrow(IngressAway)
})
