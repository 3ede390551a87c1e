/** What sends streams on does what the port says; so does LiveKit that has no egress service. */
import { EgressStatus, StreamInfo_Status } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { livekitWithRedis } from '../media/livekit/testing/livekit-with-redis.ts'
import { demandLiveKit, hasLiveKit } from '../media/livekit/testing/private-livekit.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { EgressAway, EgressFull } from './egress.ts'
import { livekitEgress } from './livekit-egress.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

demandLiveKit()
demandRedis()

const real = hasLiveKit && hasRedis ? await livekitWithRedis() : undefined
const standIn = await standInEgress()
const egress = livekitEgress({ reach: () => standIn, s3: undefined })
const url = 'rtmps://live.example/app/key-of-somebody'

test('[OUT-06] a room is sent on and filmed, each told apart, with addresses but without keys', async () => {
  const sent = await egress.startStreams('live_a', [url])
  const film = await egress.startFilm('live_a', { path: '/out/a.mp4', isSound: false })
  const running = await egress.running('live_a')
  expect(running.map(({ kind, state }) => [kind, state])).toEqual([
    ['streams', 'live'],
    ['film', 'live'],
  ])
  expect(running[0]?.streams).toEqual([
    { address: 'rtmps://live.example/app/{key...ody}', state: 'live', problem: '', retriedAt: 0 },
  ])
  await egress.changeStreams(sent!.id, { add: [`${url}2`], remove: [url] })
  expect((await egress.look(sent!.id))?.streams.map(({ state }) => state)).toEqual([
    'ended',
    'live',
  ])
  await egress.stop(film!.id)
  await egress.stop(film!.id)
  await egress.stop('EG_none')
  expect(await egress.look(film!.id)).toMatchObject({
    state: 'ended',
    files: [{ path: '/out/a.mp4', bytes: 1_000, durationMs: 90_000 }],
  })
  expect(await egress.running('live_a')).toHaveLength(1)
  const [info] = standIn.runs
  Object.assign(info!, { status: EgressStatus.EGRESS_FAILED, error: 'no such host' })
  Object.assign(info!.streamResults[1]!, { status: StreamInfo_Status.FAILED, error: 'refused' })
  expect(await egress.look(sent!.id)).toMatchObject({
    state: 'failed',
    problem: 'no such host',
    streams: [{}, { state: 'failed', problem: 'refused' }],
  })
  expect(await egress.look('EG_none')).toBeUndefined()
})

test('[OUT-06] [OUT-15] films go to S3 with segments beside them, sound alone is a smaller file', async () => {
  const s3 = {
    endpoint: 'https://s3.example',
    bucket: 'films',
    region: 'eu',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
  }
  const there = livekitEgress({ reach: () => standIn, s3 })
  await there.startFilm('live_b', { path: 'films/b.mp4', segments: 'hls/b', isSound: false })
  const [file] = standIn.orders.at(-1)!.fileOutputs
  const [segments] = standIn.orders.at(-1)!.segmentOutputs
  expect(file).toMatchObject({
    filepath: 'films/b.mp4',
    output: { case: 's3', value: { bucket: 'films', secret: 'secret', forcePathStyle: true } },
  })
  // A list of files would tell who watches segments the film's name.
  expect([file?.disableManifest, segments?.disableManifest]).toEqual([true, true])
  expect(segments).toMatchObject({ livePlaylistName: 'hls/b/live.m3u8', output: { case: 's3' } })
  await egress.startFilm('live_c', { path: '/out/c.ogg', isSound: true })
  expect(standIn.orders.at(-1)).toMatchObject({ audioOnly: true, segmentOutputs: [] })
})

test('[OUT-34] who films and who sends on answers, what is dead, over or unknown does not', async () => {
  const sent = await egress.startStreams('live_e', [url])
  const film = await egress.startFilm('live_e', { path: '/out/e.mp4', isSound: false })
  await egress.running('live_e')
  const of = (id: string) => egress.pulse('live_e', { id, state: 'live' })
  expect([await of(sent!.id), await of(film!.id)]).toEqual(['well', 'well'])
  expect(await of('EG_none')).toBe('none')
  const updates = standIn.updates.length
  standIn.blind.add(film!.id)
  expect(await of(film!.id)).toBe('blind')
  expect(await egress.pulse('live_e', { id: film!.id, state: 'starting' })).toBe('well')
  standIn.dead.add(sent!.id)
  expect(await of(sent!.id)).toBe('none')
  expect(await egress.look(sent!.id)).toMatchObject({ state: 'live' })
  await expect(egress.stop(sent!.id)).rejects.toThrow(EgressAway)
  const changed = egress.changeStreams(sent!.id, { add: [`${url}2`], remove: [] })
  await expect(changed).rejects.not.toThrow(EgressFull)
  await egress.stop(film!.id)
  expect(await of(film!.id)).toBe('none')
  expect(standIn.updates).toHaveLength(updates + 1)
  standIn.dead.clear()
  const away = livekitEgress({ reach: () => undefined, s3: undefined })
  const asked = away.pulse('live_e', { id: sent!.id, state: 'live' })
  await expect(asked).rejects.toThrow(EgressAway)
})

test('[OUT-35] what a limit or an empty room ended is whole, what never began has not failed', async () => {
  const began = async () =>
    (await egress.startFilm('live_f', { path: '/out/f.mp4', isSound: false }))!.id
  const never = await began()
  await egress.stop(never)
  expect(await egress.look(never)).toMatchObject({ state: 'ended', isOrderly: false })
  for (const how of ['limit', 'left'] as const) {
    const id = await began()
    await egress.running('live_f')
    standIn.close(how)
    const whole = { state: 'ended', isOrderly: true, files: [{ bytes: 1_000 }] }
    expect(await egress.look(id)).toMatchObject(whole)
  }
  standIn.isStuck = true
  await expect(began()).rejects.toThrow(EgressAway)
  standIn.isStuck = false
})

test('[OUT-06] an empty room has nothing to send, and who is away says so', async () => {
  standIn.isEmpty = true
  expect(await egress.startStreams('live_d', [url])).toBeUndefined()
  standIn.isEmpty = false
  standIn.isFull = true
  await expect(egress.startStreams('live_d', [url])).rejects.toThrow(EgressFull)
  standIn.isFull = false
  const forged = livekitEgress({
    reach: () => ({ ...standIn, apiSecret: 'x'.repeat(40) }),
    s3: undefined,
  })
  await expect(forged.running('live_a')).rejects.toThrow(EgressAway)
})

test.runIf(real)(
  '[OUT-06] LiveKit without its egress service says what the port says',
  async () => {
    const asked = livekitEgress({ reach: () => real, s3: undefined })
    expect(await asked.running('live_a')).toEqual([])
    expect(await asked.look('EG_none')).toBeUndefined()
    expect(await asked.startStreams('live_a', [url])).toBeUndefined()
    const forged = livekitEgress({
      reach: () => ({ ...real!, apiSecret: 'x'.repeat(40) }),
      s3: undefined,
    })
    await expect(forged.running('live_a')).rejects.toThrow(EgressAway)
  },
)
