/** Films that nobody keeps any more: nothing of one is left behind, whatever fails meanwhile. */
import { EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { EgressAway } from './egress.ts'
import { outputLimits } from './protocol.ts'
import { filmedBench } from './testing/filmed-bench.ts'

const bench = await filmedBench()
const { database, world, keeper, call, newLive, egress, store, standIn } = bench
const { filmed, listOf, sweep, isThere, put } = bench
const { sql } = database
const dayMs = 24 * 60 * 60_000

test('[OUT-19] films go when they are too old, segments when their stream is over', async () => {
  const { id, path, segments } = await filmed()
  await sweep({ keptDays: 1 })
  expect([await isThere(path), await isThere(segments)]).toEqual([true, true])
  bench.pass(outputLimits.segmentsKeptMs + 1)
  await sweep({ keptDays: 1 })
  expect([await isThere(path), await isThere(segments)]).toEqual([true, false])
  bench.pass(2 * dayMs)
  await sweep({ keptDays: 0 })
  expect(await isThere(path)).toBe(true)
  await sweep({ keptDays: 1 })
  expect(await isThere(path)).toBe(false)
  expect((await listOf(id)).films).toEqual([])
})

test('[OUT-19] a channel that goes takes its films along, the one that is being made, too', async () => {
  const { path } = await filmed()
  const live = await newLive()
  await keeper.round()
  const [going] = await sql<{ path: string; egressId: string }>`
    select path, egress_id as "egressId" from films where stream_id = ${live}`
  await put(going!.path)
  await sql`delete from streams`
  await sweep()
  expect(await isThere(path)).toBe(false)
  const run = standIn.runs.find(({ egressId }) => egressId === going!.egressId)
  expect(run?.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect(await isThere(going!.path)).toBe(true)
  bench.pass(outputLimits.filmAgainAfterMs)
  await sweep()
  expect(await isThere(going!.path)).toBe(false)
  expect(await sql`select from films`).toEqual([])
})

test('[OUT-19] whoever could not take a file away tries again, and forgets none', async () => {
  const { at, path } = await filmed()
  await call('PATCH', at, { isRemoved: true })
  bench.pass(outputLimits.filmBackMs)
  const away = { ...store, remove: () => Promise.reject(new Error('the disk is away')) }
  expect(await sweep({ store: away })).toBe(0)
  const quiet = { ...egress, look: () => Promise.reject(new EgressAway()) }
  await sweep({ egress: quiet, store: undefined })
  expect(await sql`select from films`).toHaveLength(1)
  expect(await sweep()).toBe(0)
  bench.pass(outputLimits.filmAgainAfterMs)
  expect(await sweep()).toBe(1)
  expect(await isThere(path)).toBe(false)
})

test('[OUT-19] those that cannot be taken away hold up no others, and are tried later and later', async () => {
  const stuck: string[] = []
  const { filmsARoundMax, filmAgainAfterMs, filmAgainAfterMsMax } = outputLimits
  const add = async (at: number) => {
    const [id, path] = [world.newId(), `films/${world.newId()}.mp4`]
    await sql`
      insert into films (id, path, bytes, made_at, removed_at, removed_by)
      values (${id}, ${path}, 1, ${new Date(at)}, ${new Date(at)}, 'age')`
    return path
  }
  for (let count = 0; count < filmsARoundMax; count += 1) stuck.push(await add(1_000))
  await add(2_000)
  let tries = 0
  const remove = async (path: string) => {
    tries += 1
    if (stuck.includes(path)) throw new Error('not to be had')
    await store.remove(path)
  }
  const round = () => sweep({ store: { ...store, remove } })
  expect([await round(), await round()]).toEqual([0, 1])
  expect(tries).toBe(filmsARoundMax + 1)
  bench.pass(filmAgainAfterMs)
  await round()
  expect(tries).toBe(2 * filmsARoundMax + 1)
  bench.pass(filmAgainAfterMs)
  await round()
  expect(tries).toBe(2 * filmsARoundMax + 1)
  await sql`update films set failures = 1000`
  bench.pass(filmAgainAfterMs)
  await round()
  bench.pass(filmAgainAfterMsMax)
  await round()
  expect(tries).toBe(4 * filmsARoundMax + 1)
  stuck.length = 0
  bench.pass(filmAgainAfterMsMax)
  expect(await round()).toBe(filmsARoundMax)
})

test('[OUT-19] a film whose program never ended goes all the same, a day after its stream', async () => {
  const id = await newLive()
  await keeper.round()
  await keeper.round()
  standIn.dead.add(standIn.runs.at(-1)!.egressId)
  await bench.end(id)
  const [film] = await sql<{ path: string }>`select path from films where stream_id = ${id}`
  await put(film!.path)
  bench.pass(dayMs + 1)
  await sweep()
  expect(await isThere(film!.path)).toBe(false)
  expect(await sql`select from films where stream_id = ${id}`).toEqual([])
})

test('[OUT-33] a stream that does not end is filmed in parts, and each grows old by itself', async () => {
  bench.settings.filmHours = 2
  const hourMs = 60 * 60_000
  const id = await newLive()
  const filming = async () => (await listOf(id)).filming
  const partsOf = () => sql<{ path: string; segments: string; bytes: number | null }>`
    select path, segments, bytes from films where stream_id = ${id} order by made_at`
  await keeper.round()
  await keeper.round()
  const firstAt = world.now()
  bench.pass(2 * hourMs - 60_000)
  await keeper.round()
  expect(await partsOf()).toHaveLength(1)
  bench.pass(60_000)
  Object.assign(standIn.film, { startedAt: firstAt, durationMs: 2 * hourMs })
  for (let round = 0; round < 4; round += 1) await keeper.round()
  expect(await filming()).toMatchObject({ state: 'live', problem: '', attempts: 1 })
  const [first, second] = await partsOf()
  expect([first?.bytes, second?.bytes]).toEqual([standIn.film.bytes, null])
  for (const { path } of [first!, second!]) await put(path)
  await put(`${first!.segments}/part_00000.ts`)
  const { streams, filmHours } = (await call('GET', '/channels/ann/films')).body
  const keptUntil = firstAt + 2 * hourMs + 60 * dayMs
  expect([filmHours, streams[0]]).toEqual([2, expect.objectContaining({ id, keptUntil })])
  bench.pass(2 * dayMs)
  await sweep({ keptDays: 1, filmHours: 2 })
  expect([await isThere(first!.path), await isThere(first!.segments)]).toEqual([false, false])
  expect([await isThere(second!.path), (await listOf(id)).films]).toEqual([true, []])
  // It is older than any film may be, and is written still.
  expect(await sql`select removed_at from films where stream_id = ${id}`).toEqual([
    { removed_at: null },
  ])
  expect(standIn.runs.at(-1)?.status).toBe(EgressStatus.EGRESS_ACTIVE)
  bench.settings.filmHours = 0
  await bench.end(id)
})
