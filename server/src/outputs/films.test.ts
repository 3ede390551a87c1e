/** Films: who may see one, what a link is good for, and who may remove one. */
import { EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { s3StandIn } from '../recordings/testing.ts'
import { s3Films } from './film-store.ts'
import { outputLimits } from './protocol.ts'
import { filmedBench } from './testing/filmed-bench.ts'

const bench = await filmedBench()
const { database, world, keeper, ann, bob, call, newLive, end, standIn } = bench
const { filmed, listOf, get, sweep, isThere } = bench
const { sql } = database
const dayMs = 24 * 60 * 60_000

test('[OUT-15] a film’s name cannot be guessed, and is written down before there is a file', async () => {
  const orders = standIn.orders.length
  const { path, id, segments } = await filmed()
  expect(path).toMatch(/^films\/[0-9a-f]{32}\.mp4$/)
  expect(path).not.toContain(id)
  // Everybody who watches learns the one; it says nothing of the other.
  expect(segments).toMatch(/^hls\/[0-9a-f]{32}$/)
  expect(segments.slice(4)).not.toBe(path.slice(6, -4))
  expect(standIn.orders[orders]?.fileOutputs[0]?.filepath).toBe(`/out/${path}`)
  const again = await filmed()
  expect(again.path).not.toBe(path)
  standIn.isBroken = true
  const full = await newLive()
  await keeper.round()
  standIn.isBroken = false
  expect(await sql`select from films where stream_id = ${full}`).toHaveLength(1)
  await end(full)
})

test('[OUT-16] a film is its owner’s until it is published, then of all who may see the stream', async () => {
  const { id, at, film } = await filmed()
  expect((await listOf(id)).films).toMatchObject([{ id: film, startedAt: 1_800_000_000_000 }])
  expect((await listOf(id, bob)).films).toEqual([])
  expect((await call('PATCH', at, { isPublished: true }, bob)).body.error.code).toBe('not_allowed')
  expect((await call('PATCH', at, { isPublished: true })).body.isPublished).toBe(true)
  expect((await listOf(id, bob)).films).toHaveLength(1)
  expect(JSON.parse(await (await get(`/v1/streams/${id}/films`)).text()).films).toHaveLength(1)
  await sql`insert into blocks (blocker_id, blocked_id, created_at)
    values (${ann.userId}, ${bob.userId}, now())`
  expect((await call('GET', `/streams/${id}/films`, undefined, bob)).status).toBe(404)
  await sql`delete from blocks`
})

test('[OUT-21] an owner sees all films of the channel by stream, and nobody else does', async () => {
  const films = '/channels/ann/films'
  expect((await call('GET', films, undefined, bob)).body.error.code).toBe('not_allowed')
  const { id, film, at } = await filmed()
  const going = await newLive()
  await keeper.round()
  await keeper.round()
  const { body } = await call('GET', films)
  expect(body).toMatchObject({ isOffered: true, isByDefault: true, isReachable: true, next: null })
  expect(body.streams.slice(0, 2)).toMatchObject([
    { id: going, isLive: true, keptUntil: null, filming: { state: 'live' }, films: [] },
    { id, title: 'First light', isLive: false, films: [{ id: film, bytes: 1_000 }] },
  ])
  expect(body.streams[1].keptUntil).toBeGreaterThan(world.now() + 59 * dayMs)
  expect(body.streams[1].films[0].link.forMs).toBe(outputLimits.filmLinkMs)
  await call('PATCH', at, { isRemoved: true })
  const without = (await call('GET', films)).body.streams.map((one: { id: string }) => one.id)
  expect(without).not.toContain(id)
  const older = (await call('GET', `${films}?before=${going}`)).body.streams
  expect(older.map((one: { id: string }) => one.id)).toEqual(without.slice(1))
  await end(going)
})

test('[OUT-21] that a film failed is told for a week, older streams come page by page', async () => {
  const ids: string[] = []
  for (let made = 0; made <= outputLimits.filmStreamsAPage; made += 1) ids.push((await filmed()).id)
  const first = (await call('GET', '/channels/ann/films')).body
  expect(first.streams).toHaveLength(outputLimits.filmStreamsAPage)
  expect(first.next).toBe(ids[1])
  const failed = await newLive()
  standIn.isBroken = true
  await keeper.round()
  standIn.isBroken = false
  await sql`update stream_outputs set state = 'failed' where stream_id = ${failed}`
  await end(failed)
  const newest = async () => (await call('GET', '/channels/ann/films')).body.streams[0]
  const problem = 'the pipeline fell over'
  expect(await newest()).toMatchObject({ id: failed, filming: { state: 'failed', problem } })
  bench.pass(outputLimits.filmFailedMs)
  expect((await newest()).id).toBe(ids.at(-1))
})

test('[OUT-25] while a host is suspended what they left is shown to the house alone', async () => {
  const { id, at } = await filmed()
  await call('PATCH', at, { isPublished: true })
  const { link } = (await listOf(id, bob)).films[0]
  const statuses = async () =>
    await Promise.all(
      [`/v1/streams/${id}/films`, link.play].map(async (path) => (await get(path)).status),
    )
  expect(await statuses()).toEqual([200, 200])
  await sql`update users set suspended_at = now() where id = ${ann.userId}`
  expect(await statuses()).toEqual([404, 404])
  expect((await call('GET', `/streams/${id}/films`, undefined, bob)).status).toBe(404)
  const { films } = await listOf(id, bench.cia)
  expect((await get(films[0].link.play)).status).toBe(200)
  await sql`update users set suspended_at = null where id = ${ann.userId}`
  expect((await get(link.play)).status).toBe(200)
})

test('[OUT-26] filming that failed too often is begun again by its host, and not before', async () => {
  const id = await newLive()
  const again = async (as = ann) => await call('POST', `/streams/${id}/films`, undefined, as)
  await keeper.round()
  await keeper.round()
  expect((await again()).body.error.code).toBe('not_failed')
  standIn.isBroken = true
  for (const one of standIn.runs) one.status = EgressStatus.EGRESS_FAILED
  const fail = async () => {
    for (let round = 0; round < outputLimits.attemptsMax + 1; round += 1) {
      await keeper.round()
      bench.pass(outputLimits.againAfterMsMax)
    }
    return (await listOf(id)).filming
  }
  expect(await fail()).toMatchObject({ state: 'failed', attempts: outputLimits.attemptsMax })
  for (const as of [bob, bench.cia]) {
    expect((await again(as)).body.error.code).toBe('not_allowed')
  }
  expect((await again()).body).toMatchObject({ filming: { state: 'waiting', attempts: 0 } })
  expect((await again()).body.error.code).toBe('not_failed')
  expect(await fail()).toMatchObject({ state: 'failed' })
  // No minute of a day that has just begun.
  bench.pass(dayMs - (world.now() % dayMs) + 60 * 60_000)
  bench.settings.minutesADay = 1
  const now = new Date(world.now())
  await sql`insert into output_runs (egress_id, channel_id, began_at, seen_at, ended_at)
    values ('EG_long', ${bench.channelId}, ${new Date(+now - 60_000)}, ${now}, ${now})`
  expect((await again()).body.error.code).toBe('output_minutes_spent')
  await sql`delete from output_runs`
  bench.settings.minutesADay = 0
  standIn.isBroken = false
  await again()
  await keeper.round()
  await keeper.round()
  expect((await listOf(id)).filming).toMatchObject({ state: 'live' })
  await end(id)
  expect((await again()).body.error.code).toBe('not_failed')
})

test('[OUT-17] a link plays one film, in parts too, for a while, and is no key to another', async () => {
  const { id, film, at } = await filmed()
  const other = await filmed()
  const { link } = (await listOf(id)).films[0]
  const whole = await get(link.play)
  expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
  expect(whole.headers.get('content-type')).toBe('video/mp4')
  const part = await get(link.play, { range: 'bytes=2-4' })
  expect([part.status, await part.text()]).toEqual([206, '234'])
  expect(part.headers.get('content-range')).toBe('bytes 2-4/10')
  expect((await get(link.play, { range: 'bytes=10-' })).status).toBe(416)
  const saved = await get(link.save)
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
  for (const address of [
    link.play.replace(film, other.film),
    link.play.replace(/until=\d/, 'until=9'),
    `${link.play}&save=1`,
    `${link.play}&house=1`,
    link.play.replace(/sum=./, 'sum='),
  ]) {
    expect((await get(address)).status, address).toBe(404)
  }
  await call('PATCH', at, { isRemoved: true })
  expect((await get(link.play)).status).toBe(404)
  await call('PATCH', at, { isRemoved: false })
  expect((await get(link.play)).status).toBe(200)
  bench.pass(outputLimits.filmLinkMs)
  expect((await get(link.play)).status).toBe(404)
})

test('[OUT-17] of a bucket the link is the bucket’s own, signed, and good for one object', async () => {
  const s3 = await s3StandIn()
  const there = s3Films(s3.settings)
  const path = `films/${'a'.repeat(32)}.mp4`
  s3.objects.set(path, Buffer.from('a film'))
  s3.objects.set('films/b.mp4', Buffer.from('another'))
  const asked = { id: 'x', path, until: Date.now() + 60_000, isHouse: false }
  const link = await there.link({ ...asked, saveAs: 'film.mp4' })
  expect(new URL(link).searchParams.get('X-Amz-Expires')).toMatch(/^(59|60)$/)
  expect(await (await fetch(link)).text()).toBe('a film')
  expect((await fetch(link.replace(path, 'films/b.mp4'))).status).toBe(403)
  expect((await fetch(link, { method: 'DELETE' })).status).toBe(403)
  const elsewhere = await s3Films(s3.settings, 'https://s3.example').link(asked)
  expect(elsewhere).toMatch(/^https:\/\/s3\.example\/theatre\/films\//)
  await there.remove(path)
  s3.objects.set('hls/x1/part_0.ts', Buffer.from('s'))
  s3.objects.set('hls/x11/part_0.ts', Buffer.from('s'))
  await there.removeSegments('hls/x1')
  expect([...s3.objects.keys()]).toEqual(['films/b.mp4', 'hls/x11/part_0.ts'])
  for (const wrong of ['recordings/x.mp4', 'films/../x.mp4', 'films/a/b.mp4']) {
    await expect(there.remove(wrong)).rejects.toThrow('not a path of a film')
  }
  await s3.stop()
})

test('[OUT-18] what its owner removes is seen no more, can be had back at once, and then is gone', async () => {
  const { id, path, at, segments, film } = await filmed()
  expect((await call('PATCH', at, { isRemoved: true }, bob)).body.error.code).toBe('not_allowed')
  expect((await call('PATCH', at, { isRemoved: true })).body.link).toBeNull()
  expect((await listOf(id)).films).toEqual([])
  await sweep()
  expect(await isThere(path)).toBe(true)
  await call('PATCH', at, { isRemoved: false })
  expect((await listOf(id)).films).toHaveLength(1)
  await call('PATCH', at, { isRemoved: true })
  bench.pass(outputLimits.filmBackMs)
  expect((await call('PATCH', at, { isRemoved: false })).body.error.code).toBe('too_late')
  await sweep()
  expect([await isThere(path), await isThere(segments)]).toEqual([false, false])
  expect(await sql`select from films where id = ${film}`).toEqual([])
  expect((await call('PATCH', at, { isRemoved: false })).body.error.code).toBe('not_found')
})

test('[OUT-18] whoever’s removal it is has it back, and the house’s stands over the host’s', async () => {
  const { id, at } = await filmed()
  const change = async (isRemoved: boolean, as = ann) =>
    (await call('PATCH', at, { isRemoved }, as)).body.error?.code
  expect(await change(true, bench.cia)).toBeUndefined()
  expect(await change(false)).toBe('others_removal')
  expect(await change(false, bench.cia)).toBeUndefined()
  expect((await listOf(id)).films).toHaveLength(1)
  expect(await change(true)).toBeUndefined()
  expect(await change(false, bench.cia)).toBe('others_removal')
  expect(await change(true, bench.cia)).toBeUndefined()
  expect(await change(true)).toBeUndefined()
  expect(await change(false)).toBe('others_removal')
  bench.pass(outputLimits.filmBackMs)
  await sweep()
  expect(await change(false, bench.cia)).toBe('not_found')
})
