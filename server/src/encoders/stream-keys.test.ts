/** Stream keys over HTTP on a real database, before a stand-in of LiveKit's ingress service. */
import { beforeAll, expect, test } from 'vitest'
import { testChannelSide } from '../channels/testing.ts'
import { testApp } from '../platform/http/testing.ts'
import { addPerson } from '../platform/testing/people.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { realWorld as world } from '../platform/world.ts'
import { noNumbers, type Streams, streams } from '../streams/streams.ts'
import { encoderEndpoints } from './endpoints.ts'
import { livekitIngress } from './livekit-ingress.ts'
import { type StreamKeys, streamKeys } from './stream-keys.ts'
import {
  IngressState_Status,
  type StandInIngress,
  standInIngress,
} from './testing/stand-in-ingress.ts'

const database = await testDatabase()
const standIn: StandInIngress = await standInIngress()
const addresses = { rtmp: 'rtmp://live.example/live' }
const side = await testChannelSide(database, world)
const { channels } = side
const keys: StreamKeys = streamKeys({
  database,
  world,
  log: quietLog,
  addresses,
  ingress: livekitIngress(() => standIn),
})
const everyStream: Streams = streams({ database, world, channels })
const ann = await addPerson(database, 'ann')
const bob = await addPerson(database, 'bob')
const people = new Map([ann, bob].map((one) => [one.userId, one]))
const app = await testApp({
  endpoints: encoderEndpoints({ channels, keys, addresses }),
  authenticate: async (token) => ({ ...people.get(token)!, sid: 'sid' }),
})

async function call(method: string, path: string, as = ann) {
  const headers = { authorization: `Bearer ${as.userId}` }
  const response = await app.fetch(`/v1/channels/ann/encoder${path}`, { method, headers })
  const text = await response.text()
  return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) }
}
const onlyEntry = () => {
  const [entry] = standIn.entries.values()
  if (entry === undefined || standIn.entries.size > 1) throw new Error('not one entry')
  return entry
}
const newStream = async () => {
  const made = await everyStream.create(ann.userId, { title: 'First light' })
  if (!('id' in made)) throw new Error('no stream')
  await keys.point(channelId)
  return made.id
}

let channelId: string
beforeAll(async () => {
  channelId = (await channels.ensure(ann.userId))!.id
})

test('[OUT-02] a key is shown once, kept as a hash, and its owner alone may see how it stands', async () => {
  const made = await call('POST', '/rtmp')
  expect([made.status, made.body.key]).toEqual([201, onlyEntry().streamKey])
  expect(made.body.made).toMatchObject({ address: addresses.rtmp, connection: 'away' })
  const seen = await call('GET', '')
  expect(seen.body).toEqual({ protocols: ['rtmp'], keys: [made.body.made] })
  const rows = await database.sql`select t::text as row from stream_keys t`
  for (const text of [seen.text, JSON.stringify(rows), app.log.join()]) {
    expect(text).not.toContain(made.body.key)
  }
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/rtmp'],
    ['DELETE', '/rtmp'],
  ] as const) {
    expect((await call(method, path, bob)).body.error.code).toBe('not_allowed')
  }
})

test('[OUT-03] a key leads to the stream that is live, else to the newest to begin, else nowhere', async () => {
  expect(onlyEntry().enabled).toBe(false)
  const first = await newStream()
  expect(onlyEntry()).toMatchObject({
    enabled: true,
    roomName: `live_${first}`,
    participantIdentity: `${ann.userId}_encoder`,
  })
  const second = await newStream()
  expect(onlyEntry().roomName).toBe(`live_${second}`)
  expect(await everyStream.start(first, world.now())).toBe(true)
  await keys.tidy()
  expect(onlyEntry().roomName).toBe(`live_${first}`)
  standIn.becomes(onlyEntry().ingressId, { status: IngressState_Status.ENDPOINT_PUBLISHING })
  expect((await call('GET', '')).body.keys).toMatchObject([
    { streamId: first, connection: 'sending' },
  ])
  await everyStream.end(first, world.now(), noNumbers(1))
  await database.sql`delete from streams where id = ${second}`
  await keys.tidy()
  expect(onlyEntry().enabled).toBe(false)
})

test('[OUT-20] a key that is closed, or whose failure is of before its stream, has not failed', async () => {
  const { ingressId } = onlyEntry()
  const failsAt = (at: number) =>
    standIn.becomes(ingressId, {
      status: IngressState_Status.ENDPOINT_ERROR,
      error: 'ingress is disabled',
      endedAt: BigInt(at) * 1_000_000n,
    })
  const shown = async () => (await call('GET', '')).body.keys[0]
  failsAt(world.now())
  expect(await shown()).toMatchObject({ streamId: null, connection: 'away', problem: '' })
  const id = await newStream()
  failsAt(world.now() - 60_000)
  expect(await shown()).toMatchObject({ streamId: id, connection: 'away', problem: '' })
  failsAt(world.now())
  expect(await shown()).toMatchObject({ connection: 'failed', problem: 'ingress is disabled' })
  standIn.becomes(ingressId, {})
  await database.sql`delete from streams where id = ${id}`
  await keys.tidy()
})

test('[OUT-03] who is suspended lets no encoder in', async () => {
  await newStream()
  await database.sql`update users set suspended_at = now() where id = ${ann.userId}`
  await keys.tidy()
  expect(onlyEntry().enabled).toBe(false)
  await database.sql`update users set suspended_at = null where id = ${ann.userId}`
})

test('[OUT-04] a key that is reset or revoked is good no more, at the latest when LiveKit is back', async () => {
  const before = onlyEntry()
  const { body } = await call('POST', '/rtmp')
  expect(body.key).not.toBe(before.streamKey)
  expect(onlyEntry().streamKey).toBe(body.key)
  expect(body.made.streamId).not.toBeNull()
  standIn.isAway = true
  expect((await call('POST', '/rtmp')).body.error.code).toBe('ingress_unavailable')
  expect((await call('GET', '')).body.keys[0].connection).toBe('unknown')
  expect((await call('DELETE', '/rtmp')).status).toBe(204)
  expect(standIn.entries.size).toBe(1)
  standIn.isAway = false
  await keys.tidy()
  expect(standIn.entries.size).toBe(0)
  expect((await call('DELETE', '/rtmp')).status).toBe(404)
})

test('[OUT-04] a key that LiveKit knows no more is said to be lost', async () => {
  await call('POST', '/rtmp')
  standIn.entries.clear()
  expect((await call('GET', '')).body.keys[0].connection).toBe('lost')
})

test('[OUT-05] where nobody takes encoders in none is offered and keys are refused by name', async () => {
  expect((await call('POST', '/whip')).body.error.code).toBe('ingress_unavailable')
  expect(standIn.entries.size).toBe(0)
})
