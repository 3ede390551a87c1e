/** What a channel may have running in a day, and keep: counted from what ran. */
import { type EgressInfo, EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { filmBook } from './film-book.ts'
import { forgetRuns } from './output-budget.ts'
import { outputLimits } from './protocol.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, world, keeper, call, newLive, end, settings, channelId } = bench
const { sql } = database
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const path = '/channels/ann/destinations'

const midnight = () => world.now() - (world.now() % dayMs) + dayMs
const rounds = async () => {
  await keeper.round()
  await keeper.round()
}
const filming = async (id: string) => (await call('GET', `/streams/${id}/films`)).body.filming
const output = async () => (await call('GET', path)).body.destinations[0]?.output

// An hour of a day that is over begins none of its own.
bench.pass(midnight() - world.now() + 60 * minuteMs)

test('[OUT-22] a channel’s outputs run so many minutes a day, then wait for the next day by name', async () => {
  settings.minutesADay = 10
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  const id = await newLive()
  await rounds()
  bench.pass(4 * minuteMs)
  await rounds()
  expect([(await filming(id)).state, (await output()).state]).toEqual(['live', 'live'])
  // Two that run count twice.
  bench.pass(1 * minuteMs)
  await rounds()
  const nextAt = midnight()
  const held = { state: 'waiting', refused: 'output_minutes_spent', problem: '', nextAt }
  expect(await filming(id)).toMatchObject(held)
  expect(await output()).toMatchObject(held)
  expect(standIn.runs.every(({ status }) => status === EgressStatus.EGRESS_COMPLETE)).toBe(true)
  const again = await call('PATCH', `${path}/${made.id}`, { again: true })
  expect([again.status, again.body.error.code]).toEqual([429, 'output_minutes_spent'])
  expect(Math.abs(again.body.error.retryAfterMs - (nextAt - world.now()))).toBeLessThan(5_000)
  expect((await call('PATCH', `${path}/${made.id}`, { name: 'Tube' })).status).toBe(200)
  bench.pass(60 * minuteMs)
  await rounds()
  expect(await filming(id)).toMatchObject(held)
  bench.pass(nextAt - world.now())
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live', refused: null })
  expect(await output()).toMatchObject({ state: 'live', refused: null })
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})

test('[OUT-22] what was begun and not written down is counted, what nobody sees any more is not', async () => {
  bench.pass(midnight() - world.now() + 60 * minuteMs)
  const id = await newLive()
  await bench.egress.startFilm(`live_${id}`, { path: '/out/films/x.mp4', isSound: false })
  const lostAt = new Date(world.now())
  await sql`insert into output_runs (egress_id, channel_id, began_at, seen_at)
    values ('EG_lost', ${channelId}, ${lostAt}, ${lostAt})`
  await rounds()
  bench.pass(8 * minuteMs)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live' })
  bench.pass(2 * minuteMs)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'waiting', refused: 'output_minutes_spent' })
  await end(id)
  expect(await sql`select from output_runs where ended_at is null`).toHaveLength(1)
  await forgetRuns(sql, world.now() + 3 * dayMs)
  expect(await sql`select from output_runs`).toEqual([])
})

test('[OUT-23] a channel keeps films of so many streams; more wait until one is removed', async () => {
  await sql`delete from films`
  settings.filmsMax = 1
  settings.minutesADay = 0
  const first = await newLive()
  await rounds()
  await end(first)
  const second = await newLive()
  await rounds()
  expect(await filming(second)).toMatchObject({ state: 'waiting', refused: 'films_full' })
  const [film] = (await call('GET', `/streams/${first}/films`)).body.films
  await call('PATCH', `/streams/${first}/films/${film.id}`, { isRemoved: true })
  bench.pass(outputLimits.filmsFullAgainMs)
  await rounds()
  expect(await filming(second)).toMatchObject({ state: 'live', refused: null })
  await end(second)
})

test('[OUT-23] of films that begin at once none is one too many', async () => {
  await sql`delete from films`
  const ids = [await newLive({ film: false })]
  await end(ids[0]!)
  ids.push(await newLive({ film: false }))
  const book = filmBook({ database, world, folder: '', hasSegments: false, filmsMax: 1 })
  const stream = { channelId, isLive: true, endedAt: null, isSound: false, isFilmed: null }
  const orders = await Promise.all(ids.map((id) => book.order({ id, ...stream })))
  expect(orders.filter((order) => order === undefined)).toHaveLength(1)
  expect(await sql`select from films`).toHaveLength(1)
  await end(ids[1]!)
})

test('[OUT-32] in the whole house so many run at once; whoever finds no room waits and spends no try', async () => {
  settings.filmsMax = 0
  settings.runsMax = 2
  const lives = await Promise.all(
    [bench.ann, bench.bob, bench.cia].map(async ({ userId }) => {
      await bench.channels.ensure(userId)
      return bench.livesOf(userId, keeper)
    }),
  )
  const ids: string[] = []
  for (const { newLive: begin } of lives) ids.push(await begin())
  const filmings = async () =>
    await sql<{ id: string; state: string; refused: string; attempts: number }>`
      select stream_id as id, state, refused, attempts from stream_outputs
      where stream_id = any(${ids}::uuid[]) order by state`
  await rounds()
  // Begun in one round, all at the same time.
  expect((await filmings()).map(({ state }) => state)).toEqual(['live', 'live', 'waiting'])
  for (let tries = 0; tries <= outputLimits.attemptsMax; tries += 1) {
    bench.pass(outputLimits.noRoomAgainMs)
    await rounds()
  }
  const [one, , last] = await filmings()
  expect(last).toMatchObject({ state: 'waiting', refused: 'no_room', attempts: 0 })
  await end(one?.id ?? '')
  bench.pass(outputLimits.noRoomAgainMs)
  await rounds()
  const now = (await filmings()).find(({ id }) => id === last?.id)
  expect(now).toMatchObject({ state: 'live', refused: null, attempts: 1 })
  for (const id of ids) await end(id)
  settings.runsMax = 0
})

test('[OUT-32] so does whoever finds no processor free, and films leave nothing behind of it', async () => {
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  standIn.isFull = true
  const id = await newLive()
  for (let tries = 0; tries <= outputLimits.attemptsMax; tries += 1) {
    await rounds()
    bench.pass(outputLimits.noRoomAgainMs)
  }
  const waits = { state: 'waiting', refused: 'no_room', attempts: 0, problem: '' }
  expect(await filming(id)).toMatchObject(waits)
  expect(await output()).toMatchObject(waits)
  expect(await sql`select from films where stream_id = ${id}`).toEqual([])
  standIn.isFull = false
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live' })
  expect(await output()).toMatchObject({ state: 'live' })
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})

test('[OUT-32] a program whose worker died holds up nothing of its stream, and no place for ever', async () => {
  settings.runsMax = 2
  settings.minutesADay = 0
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  const id = await newLive()
  await rounds()
  const isFilm = ({ streamResults }: EgressInfo) => streamResults.length === 0
  const dead = standIn.runs.findLast(isFilm)!
  const other = standIn.runs.findLast((one) => !isFilm(one))
  standIn.dead.add(dead.egressId)
  await end(id)
  expect(other?.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect((await filming(id)).state).toBe('live')
  bench.pass(outputLimits.stopMsMax + 1)
  await rounds()
  expect((await filming(id)).state).toBe('ended')
  const runOf = () => sql<{ seen: Date; ended: Date | null }>`
    select seen_at as seen, ended_at as ended from output_runs where egress_id = ${dead.egressId}`
  const [noted] = await runOf()
  expect(noted?.ended).not.toBeNull()
  const next = await newLive()
  await rounds()
  expect((await filming(next)).state).toBe('live')
  expect((await output()).state).toBe('live')
  expect(await runOf()).toEqual([noted])
  await call('DELETE', `${path}/${made.id}`)
  await end(next)
  settings.runsMax = 0
})

test('[OUT-33] the next part begins while the last one is stored, in its place, also in a full house', async () => {
  const hourMs = 60 * minuteMs
  Object.assign(settings, { runsMax: 1, filmHours: 2 })
  const id = await newLive()
  await rounds()
  const first = standIn.runs.at(-1)!
  const bytes = async () =>
    (await sql`select bytes from films where stream_id = ${id} order by made_at`).map(
      (one) => one['bytes'],
    )
  bench.pass(2 * hourMs)
  standIn.isSlow = true
  await rounds()
  const second = standIn.runs.at(-1)!
  expect(second).not.toBe(first)
  // Whoever died before it was written down finds the new one.
  await sql`update stream_outputs set egress_id = ${first.egressId} where stream_id = ${id}`
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live', refused: null })
  expect(await bytes()).toEqual([null, null])
  const { EGRESS_ACTIVE, EGRESS_ENDING } = EgressStatus
  expect([first.status, second.status]).toEqual([EGRESS_ENDING, EGRESS_ACTIVE])
  standIn.isSlow = false
  standIn.finish()
  await rounds()
  expect(await bytes()).toEqual([standIn.film.bytes, null])
  await end(id)
  expect(await bytes()).toEqual([standIn.film.bytes, standIn.film.bytes])
  Object.assign(settings, { runsMax: 0, filmHours: 0 })
})
