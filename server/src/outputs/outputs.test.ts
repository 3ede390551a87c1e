/** Outputs of a stream on a real database, before a stand-in of LiveKit's egress service. */
import { EgressStatus, StreamInfo_Status } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { livekitEgress } from './livekit-egress.ts'
import { outputLimits } from './protocol.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, keeper, desk, bob, call, resolved, newLive, end } = bench
const { channelId } = bench
const path = '/channels/ann/destinations'
const secret = 'a-key-nobody-may-see'
const youtube = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: secret }

const active = () => standIn.runs.filter(({ status }) => status < EgressStatus.EGRESS_COMPLETE)
const filmsOf = async (id: string) => (await call('GET', `/streams/${id}/films`)).body
const filmOf = async (id: string) => (await filmsOf(id)).filming
const statesOf = async () =>
  (await call('GET', path)).body.destinations.map(
    ({ output }: { output: { state: string } | null }) => output?.state,
  )

test('[OUT-09] a stream is filmed from its start to its end; its host learns where the file lies', async () => {
  const id = await newLive()
  standIn.isEmpty = true
  await keeper.round()
  expect(await filmOf(id)).toBeNull()
  standIn.isEmpty = false
  await keeper.round()
  await keeper.round()
  expect(active()).toHaveLength(1)
  expect(await filmsOf(id)).toMatchObject({ filming: { state: 'live' }, films: [] })
  const hls = async () => (await call('GET', `/streams/${id}/hls`)).body.url
  expect(await hls()).toMatch(/^https:\/\/cdn\.example\/hls\/[0-9a-f]{32}\/live\.m3u8$/)
  const bobs = await call('GET', `/streams/${id}/films`, undefined, bob)
  expect(bobs.body).toEqual({ isOwner: false, filming: null, films: [] })
  await end(id)
  expect(active()).toEqual([])
  expect(await hls()).toBeNull()
  const films = [{ bytes: 1_000, durationMs: 90_000, isSound: false, isPublished: false }]
  expect(await filmsOf(id)).toMatchObject({ isOwner: true, filming: { state: 'ended' }, films })
})

test('[OUT-09] whoever says so is not filmed, and voices only when they say so', async () => {
  for (const more of [{ film: false }, { medium: 'audio' as const }]) {
    const id = await newLive(more)
    await keeper.round()
    expect(active()).toEqual([])
    await end(id)
  }
  const voices = await newLive({ medium: 'audio', film: true })
  await keeper.round()
  expect(standIn.orders.at(-1)).toMatchObject({ audioOnly: true })
  await end(voices)
})

test('[OUT-10] a begin that was not written down is found again, one that is double is stopped', async () => {
  const id = await newLive()
  const lost = livekitEgress({ reach: () => standIn, s3: undefined })
  const order = { path: '/out/x.mp4', isSound: false }
  const [first] = [
    await lost.startFilm(`live_${id}`, order),
    await lost.startFilm(`live_${id}`, order),
  ]
  await keeper.round()
  expect(active().map(({ egressId }) => egressId)).toEqual([first!.id])
  await keeper.round()
  expect(await filmOf(id)).toMatchObject({ state: 'live' })
  await end(id)
})

test('[OUT-07] destinations are the owner’s, bounded, elsewhere, and tell nobody their key', async () => {
  for (const address of ['rtmp://10.0.0.1/app', 'https://yt.example/live2']) {
    const refused = await call('POST', path, { ...youtube, address })
    expect(refused.body.error.code).toBe('destination_refused')
  }
  resolved.set('home.example', '10.0.0.1')
  const home = await call('POST', path, { ...youtube, address: 'rtmp://home.example/app' })
  expect(home.body.error.code).toBe('destination_refused')
  const made = await call('POST', path, youtube)
  expect(made.body).toMatchObject({ keyEnd: '-see', isOn: true, output: null })
  for (const [method, where, body] of [
    ['GET', path, undefined],
    ['POST', path, youtube],
    ['PATCH', `${path}/${made.body.id}`, { isOn: false }],
    ['DELETE', `${path}/${made.body.id}`, undefined],
  ] as const) {
    expect((await call(method, where, body, bob)).body.error.code).toBe('not_allowed')
  }
  for (let count = 1; count < outputLimits.destinationsMax; count += 1) {
    await call('POST', path, { ...youtube, name: `${count}`, isOn: false })
  }
  expect((await call('POST', path, youtube)).body.error.code).toBe('too_many_destinations')
  const rows = await database.sql`select d::text as row from destinations d`
  const seen = await call('GET', path)
  expect(seen.body.destinations).toHaveLength(outputLimits.destinationsMax)
  for (const text of [made.text, seen.text, JSON.stringify(rows), bench.log.join()]) {
    expect(text).not.toContain(secret)
  }
  for (const { id, isOn } of seen.body.destinations) {
    if (!isOn) expect((await call('DELETE', `${path}/${id}`)).status).toBe(204)
  }
  expect((await call('DELETE', `${path}/${channelId}`)).body.error.code).toBe('no_such_destination')
})

test('[OUT-11] a stream is sent to what is on, from when it is turned on until it is turned off', async () => {
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  expect(standIn.orders.at(-1)?.streamOutputs[0]?.urls).toEqual([`${youtube.address}/${secret}`])
  expect(await statesOf()).toEqual(['live'])
  const twitch = { name: 'Twitch', address: 'rtmp://tw.example/app', key: 'another-key-12' }
  const { body } = await call('POST', path, twitch)
  await keeper.round()
  await keeper.round()
  expect(active()).toHaveLength(1)
  expect(standIn.updates.at(-1)?.addOutputUrls).toEqual([`${twitch.address}/another-key-12`])
  expect(await statesOf()).toEqual(['live', 'live'])
  await call('PATCH', `${path}/${body.id}`, { isOn: false })
  await keeper.round()
  await keeper.round()
  expect(standIn.updates.at(-1)?.removeOutputUrls).toEqual([`${twitch.address}/another-key-12`])
  expect(await statesOf()).toEqual(['live', 'ended'])
  await call('DELETE', `${path}/${body.id}`)
  await end(id)
  expect(active()).toEqual([])
})

test('[OUT-11] what the service cannot end alone ends with all of it, and the others begin anew', async () => {
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  const twitch = { name: 'Twitch', address: 'rtmp://tw.example/app', key: 'another-key-12' }
  const { body } = await call('POST', path, twitch)
  await keeper.round()
  const [before] = active()
  standIn.isLost = true
  await call('PATCH', `${path}/${body.id}`, { isOn: false })
  for (let round = 0; round < 3; round += 1) await keeper.round()
  standIn.isLost = false
  expect(before!.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect(standIn.orders.at(-1)?.streamOutputs[0]?.urls).toEqual([`${youtube.address}/${secret}`])
  expect(await statesOf()).toEqual(['live', 'ended'])
  await call('DELETE', `${path}/${body.id}`)
  await end(id)
})

test('[OUT-38] what goes to Twitch is known by whichever of its addresses the service takes', async () => {
  const address = 'rtmp://fra05.contribute.live-video.net/app'
  const { body } = await call('POST', path, { name: 'Twitch', address, key: 'live_123_abcdefgh' })
  const id = await newLive({ film: false })
  await keeper.round()
  const taken = 'rtmps://ingest.global-contribute.live-video.net:443/app/{liv...fgh}'
  active()[0]!.streamResults.find(({ url }) => url.includes('live-video'))!.url = taken
  const orders = standIn.orders.length
  for (let round = 0; round < 3; round += 1) await keeper.round()
  expect([standIn.orders.length, await statesOf()]).toEqual([orders, ['live', 'live']])
  await call('DELETE', `${path}/${body.id}`)
  await end(id)
})

test('[OUT-37] one that was connected again is asked to begin anew, alone, or with all that hang', async () => {
  const twitch = { name: 'Twitch', address: 'rtmp://tw.example/app', key: 'another-key-12' }
  const { body } = await call('POST', path, twitch)
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  const [before] = active()
  const lose = () => {
    const lost = before!.streamResults.findLast(({ url }) => url.includes('tw.example'))!
    lost.lastRetryAt = BigInt(bench.world.now()) * 1_000_000n
  }
  const updates = standIn.updates.length
  lose()
  await keeper.round()
  expect(standIn.updates).toHaveLength(updates)
  bench.pass(outputLimits.reconnectMsMax + 1)
  await keeper.round()
  await keeper.round()
  expect(standIn.updates.slice(updates).map((one) => one.addOutputUrls)).toEqual([
    [],
    [`${twitch.address}/another-key-12`],
  ])
  expect([active(), await statesOf()]).toEqual([[before], ['live', 'live']])
  lose()
  standIn.isHung = true
  bench.pass(outputLimits.reconnectMsMax + 1)
  await keeper.round()
  expect(active()).toEqual([before])
  bench.pass(outputLimits.addMsMax + 1)
  for (let round = 0; round < 3; round += 1) await keeper.round()
  standIn.isHung = false
  expect(before!.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect(standIn.orders.at(-1)?.streamOutputs[0]?.urls).toHaveLength(2)
  expect(await statesOf()).toEqual(['live', 'live'])
  await call('DELETE', `${path}/${body.id}`)
  await end(id)
})

test('[OUT-11] one that is removed is sent nothing any more, and the others go on', async () => {
  const gone = await call('POST', path, { ...youtube, name: 'Gone', key: 'gone-gone-gone' })
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  expect(await statesOf()).toEqual(['live', 'live'])
  await call('DELETE', `${path}/${gone.body.id}`)
  await keeper.round()
  await keeper.round()
  expect(active().map(({ streamResults }) => streamResults.map(({ url }) => url))).toEqual([
    ['rtmps://yt.example/live2/{a-k...see}'],
  ])
  await end(id)
})

test('[OUT-24] another key is sent by at once, also one that looks like the one before', async () => {
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  const [before] = active()
  const [site] = (await call('GET', path)).body.destinations
  const alike = 'a-key-another-one-see'
  await call('PATCH', `${path}/${site.id}`, { key: alike })
  for (let round = 0; round < 3; round += 1) await keeper.round()
  expect(before!.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect(standIn.orders.at(-1)?.streamOutputs[0]?.urls).toEqual([`${youtube.address}/${alike}`])
  expect(await statesOf()).toEqual(['live'])
  const orders = standIn.orders.length
  for (let round = 0; round < 3; round += 1) await keeper.round()
  expect([standIn.orders.length, active().length]).toEqual([orders, 1])
  // One that was begun and not written down may be by either key.
  await database.sql`update stream_outputs set state = 'waiting', egress_id = null`
  for (let round = 0; round < 3; round += 1) await keeper.round()
  expect([standIn.orders.length, await statesOf()]).toEqual([orders + 1, ['live']])
  await call('PATCH', `${path}/${site.id}`, { key: secret })
  await end(id)
})

test('[OUT-12] what fails says why, is begun again later and later, and not for ever', async () => {
  const id = await newLive({ film: false })
  await keeper.round()
  await keeper.round()
  const [run] = active()
  Object.assign(run!.streamResults[0]!, {
    status: StreamInfo_Status.FAILED,
    error: 'connection refused',
  })
  await keeper.round()
  const output = async () => (await call('GET', path)).body.destinations[0].output
  expect(await output()).toMatchObject({ state: 'waiting', problem: 'connection refused' })
  await keeper.round()
  expect(await output()).toMatchObject({ state: 'waiting', attempts: 1 })
  bench.pass(outputLimits.againAfterMs)
  await keeper.round()
  await keeper.round()
  expect(await output()).toMatchObject({ state: 'live', attempts: 2 })
  Object.assign(run!, { status: EgressStatus.EGRESS_FAILED, error: 'out of memory' })
  run!.streamResults.length = 0
  await keeper.round()
  expect(await output()).toMatchObject({ state: 'waiting', problem: 'out of memory' })
  standIn.isBroken = true
  for (let round = 0; round < 10; round += 1) {
    bench.pass(outputLimits.againAfterMsMax)
    await keeper.round()
  }
  const { attemptsMax } = outputLimits
  expect(await output()).toMatchObject({ state: 'failed', attempts: attemptsMax })
  standIn.isBroken = false
  await keeper.round()
  expect(await output()).toMatchObject({ state: 'failed' })
  const { id: target } = (await call('GET', path)).body.destinations[0]
  await call('PATCH', `${path}/${target}`, { again: true })
  await keeper.round()
  await keeper.round()
  expect(await output()).toMatchObject({ state: 'live', attempts: 1 })
  await end(id)
})

test('[OUT-12] an address that leads home by then is not sent to, nor one whose key is unreadable', async () => {
  const id = await newLive({ film: false })
  resolved.set('yt.example', '192.168.0.1')
  const before = standIn.orders.length
  await keeper.round()
  expect(standIn.orders).toHaveLength(before)
  expect(await statesOf()).toEqual(['waiting'])
  resolved.clear()
  await database.sql`update destinations set sealed_key = '\\x00'`
  await keeper.round()
  expect(await statesOf()).toEqual(['failed'])
  expect(standIn.orders).toHaveLength(before)
  await end(id)
})

test('[OUT-13] without an egress service destinations are refused by name', async () => {
  const refused = await desk(false).add(channelId, { ...youtube, isOn: true })
  expect(refused).toMatchObject({ code: 'egress_unavailable' })
})
