// The process of two rooms is killed while people speak there: who sits, waits and is heard stays.
import { expect, test, vi } from 'vitest'
import {
  demandLiveKit,
  hasLiveKit,
  type PrivateLiveKit,
  privateLiveKit,
} from '../../../server/src/media/livekit/testing/private-livekit.ts'
import { nodePeer } from '../../../server/src/media/livekit/testing/node-peer.ts'
import { balancedFront } from '../../../server/src/platform/testing/front.ts'
import { register } from '../../../server/src/platform/testing/people-in-house.ts'
import { demandRedis, hasRedis } from '../../../server/src/platform/testing/private-redis.ts'
import { callsTo, startHouse } from '../../../server/src/platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../../../server/src/platform/testing/test-database.ts'
import { type LiveConnection, Odeon } from '../index.ts'
import { alive } from '../testing/fault-scene.ts'

demandLiveKit()
demandRedis()

/** Nothing is told there: rooms find out by themselves. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 40_000, interval: 50 }

type Kind = 'live' | 'audio'

/** A room with a guest who is heard, one who was silenced and one with a hand up. */
async function staged(url: string, kind: Kind, livekit: PrivateLiveKit) {
  const owner = new Odeon(url)
  const username = `host_${kind}`
  await register({ url, ...callsTo(url) }, username)
  await owner.auth.login({ email: `${username}@odeon.test`, password: 'correct horse battery' })
  const { id } = await owner.streams.create({
    title: 'Killed',
    ...(kind === 'audio' && { medium: 'audio' as const }),
  })
  const host = await owner[kind].join(id)
  await host.start()
  const enter = async (name: string): Promise<LiveConnection> => {
    const odeon = new Odeon(url)
    await odeon.auth.guest({ name })
    return await odeon[kind].join(id)
  }
  const [ann, bob, cia] = [await enter('Ann'), await enter('Bob'), await enter('Cia')]
  for (const guest of [ann, bob]) {
    await host.floor.invite(guest.you.id)
    await guest.floor.sit()
  }
  await host.floor.silence(bob.you.id)
  await host.floor.nameSuccessor(ann.you.id)
  await cia.floor.raiseHand()
  await vi.waitFor(() => expect(ann.state.floor?.hasMedia).toBe(true), until)
  const voice = await nodePeer(livekit, (await ann.mediaTicket('a')).token)
  await voice.publish('microphone')
  voice.hum()
  const ear = await nodePeer(livekit, (await cia.mediaTicket('a')).token)
  await vi.waitFor(() => expect(ear.received.loudest).toBeGreaterThan(0.01), until)
  return { host, ann, bob, cia, voice, ear, everybody: [host, ann, bob, cia] }
}

const told = ({ floor, state }: LiveConnection) => ({
  speakers: floor.speakers.map(({ id, seat, role, isSilenced }) => [id, seat, role, isSilenced]),
  hands: floor.hands.map(({ id }) => id),
  successor: state.floor?.successorId,
})

test.runIf(hasLiveKit && hasRedis)(
  '[GST-06] [AUD-11] [MED-08] a killed room has its floor back, and nobody goes unheard',
  { timeout: 120_000 },
  async () => {
    const livekit = await privateLiveKit(nowhere)
    const { url: livekitUrl, publicUrl, apiKey, apiSecret } = livekit
    const house = await startHouse({
      databaseUrl: await testDatabaseUrl(),
      processes: 1,
      settings: {
        MEDIA: 'on',
        LIVEKIT_URL: livekitUrl,
        LIVEKIT_PUBLIC_URL: publicUrl,
        LIVEKIT_API_KEY: apiKey,
        LIVEKIT_API_SECRET: apiSecret,
        LOG_LEVEL: 'error',
      },
    })
    const url = await balancedFront(() => alive(house).map((one) => one.url))
    const rooms = await Promise.all(
      (['live', 'audio'] as const).map((kind) => staged(url, kind, livekit)),
    )
    const before = rooms.map(({ host }) => told(host))
    const [first] = house.processes
    await house.add()
    first?.kill('SIGKILL')
    await first?.ended
    for (const { everybody } of rooms) for (const one of everybody) one.tryNow()
    for (const [at, { everybody, voice, ear }] of rooms.entries()) {
      ear.received.loudest = 0
      await vi.waitFor(() => {
        for (const one of everybody) {
          expect([one.connection, told(one)]).toEqual(['live', before[at]])
        }
      }, until)
      await vi.waitFor(() => expect(ear.received.loudest).toBeGreaterThan(0.01), until)
      expect([voice.isConnected, ear.isConnected]).toEqual([true, true])
    }
    // The floor has a say in it again.
    for (const { host, ann, bob, voice } of rooms) {
      await expect(bob.floor.mute(false)).rejects.toMatchObject({ code: 'silenced' })
      await host.floor.silence(ann.you.id)
      await vi.waitFor(async () => expect(await voice.sending()).toEqual([]), until)
    }
    await Promise.all(rooms.flatMap(({ everybody }) => everybody.map((one) => one.leave())))
  },
)
