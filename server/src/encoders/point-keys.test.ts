// Keys are led elsewhere without holding anything, and whoever dies half way leaves nothing astray.
import { beforeAll, expect, test } from 'vitest'
import { testChannelSide } from '../channels/testing.ts'
import { addPerson, type Person } from '../platform/testing/people.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { realWorld } from '../platform/world.ts'
import { noNumbers, streams as streamsOf } from '../streams/streams.ts'
import { type Ingress, IngressAway } from './ingress.ts'
import { livekitIngress } from './livekit-ingress.ts'
import { encoderLimits } from './protocol.ts'
import { type StreamKeys, streamKeys } from './stream-keys.ts'
import { standInIngress } from './testing/stand-in-ingress.ts'

const database = await testDatabase()
const { sql } = database
const standIn = await standInIngress()
const real = livekitIngress(() => standIn)
let offsetMs = 0
const world = { ...realWorld, now: () => Date.now() + offsetMs }
const { channels } = await testChannelSide(database, world)
const streams = streamsOf({ database, world, channels })
const keysBy = (ingress: Ingress): StreamKeys =>
  streamKeys({
    database,
    world,
    log: quietLog,
    addresses: { rtmp: 'rtmp://live.example/live' },
    ingress,
  })
const keys = keysBy(real)

let ann: Person
let channelId: string
beforeAll(async () => {
  ann = await addPerson(database, 'ann')
  channelId = (await channels.ensure(ann.userId))!.id
  await keys.make({ id: channelId, ownerId: ann.userId }, 'rtmp')
})

const newStream = async () => {
  const made = await streams.create(ann.userId, { title: 'First light' })
  if (!('id' in made)) throw new Error('no stream')
  return made.id
}
const entry = () => [...standIn.entries.values()][0]!
const rowOf = async () =>
  (await sql<{ id: string | null }>`select stream_id as id from stream_keys`)[0]
const leaseEnds = () => sql`update stream_keys set pointing_until = now() - interval '1 second'`

/** Points when it is let, and says when it was asked. */
function slowly() {
  const asked = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const point: Ingress['point'] = async (...args) => {
    asked.resolve()
    await go.promise
    return await real.point(...args)
  }
  return { ingress: { ...real, point }, asked: asked.promise, go: () => go.resolve() }
}

test('[OUT-27] while LiveKit is asked nothing of the database is held, and what changes meanwhile holds', async () => {
  const first = await newStream()
  const slow = slowly()
  const pointing = keysBy(slow.ingress).point(channelId)
  await slow.asked
  expect(await sql`select from stream_keys for update nowait`).toHaveLength(1)
  const second = await newStream()
  await keys.point(channelId)
  expect(await rowOf()).toEqual({ id: null })
  slow.go()
  await pointing
  expect(entry().roomName).toBe(`live_${second}`)
  expect(await rowOf()).toEqual({ id: second })
  await streams.start(first, world.now())
  await keys.tidy()
  await streams.end(first, world.now(), noNumbers(1))
  await keys.tidy()
  expect(entry().roomName).toBe(`live_${second}`)
})

test('[OUT-27] where a key leads that somebody was leading elsewhere as they died is set right', async () => {
  const { id: before } = (await rowOf())!
  const next = await newStream()
  const point: Ingress['point'] = async (...args) => {
    await real.point(...args)
    throw new IngressAway('died')
  }
  await keysBy({ ...real, point }).point(channelId)
  expect(entry().roomName).toBe(`live_${next}`)
  // What is written down and what is wanted are one again; LiveKit has something else.
  await sql`delete from streams where id = ${next}`
  await keys.tidy()
  expect([entry().roomName, await rowOf()]).toEqual([`live_${next}`, { id: before }])
  await leaseEnds()
  await keys.tidy()
  expect([entry().roomName, await rowOf()]).toEqual([`live_${before}`, { id: before }])
})

test('[OUT-27] an entry that was made for nobody is removed, and nobody else’s is', async () => {
  const create: Ingress['create'] = async (wanted) => {
    await real.create(wanted)
    throw new IngressAway('died')
  }
  const others = ['another house', `odeon ${channelId} ${world.newId()}`, '']
  for (const label of others) await real.create({ protocol: 'rtmp', identity: 'x_y', label })
  const kept = [...standIn.entries.keys()]
  const owner = { id: channelId, ownerId: ann.userId }
  expect(await keysBy({ ...real, create }).make(owner, 'rtmp')).toMatchObject({
    code: 'ingress_unavailable',
  })
  await keys.tidy()
  expect(standIn.entries.size).toBe(kept.length + 1)
  offsetMs += encoderLimits.orderKeptMs + 1
  standIn.isAway = true
  await keys.tidy()
  standIn.isAway = false
  await keys.tidy()
  expect([...standIn.entries.keys()]).toEqual(kept)
  expect(await sql`select from ingress_orders`).toEqual([])
})

test('[OUT-27] a key that comes when its entry is given up is none', async () => {
  const create: Ingress['create'] = async (wanted) => {
    const made = await real.create(wanted)
    offsetMs += encoderLimits.orderKeptMs + 1
    await keys.tidy()
    return made
  }
  const before = [...standIn.entries.keys()]
  const made = await keysBy({ ...real, create }).make(
    { id: channelId, ownerId: ann.userId },
    'rtmp',
  )
  expect(made).toMatchObject({ code: 'ingress_unavailable' })
  expect([...standIn.entries.keys()]).toEqual(before)
})
