/** Programs that died without a word: LiveKit goes on saying that they run. */
import { type EgressInfo, EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { EgressAway, type EgressRun, type RunPulse } from './egress.ts'
import { forgetRuns } from './output-budget.ts'
import { outputLimits } from './protocol.ts'
import { runWatch } from './run-watch.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, keeper, call, newLive, end } = bench
const { sql } = database
const { pulseEveryMs, pulsesMissedMax, againAfterMs } = outputLimits
const path = '/channels/ann/destinations'

const rounds = async () => {
  await keeper.round()
  await keeper.round()
}
const filming = async (id: string) => (await call('GET', `/streams/${id}/films`)).body.filming
const output = async () => (await call('GET', path)).body.destinations[0]?.output
const isFilm = ({ streamResults }: EgressInfo) => streamResults.length === 0
const miss = async (pulses: number) => {
  for (let missed = 0; missed < pulses; missed += 1) {
    bench.pass(pulseEveryMs)
    await keeper.round()
  }
}

test('[OUT-34] one that died while its stream goes on is given up and begun anew, and the others go on', async () => {
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  const id = await newLive()
  await rounds()
  const dead = standIn.runs.findLast(isFilm)!
  standIn.dead.add(dead.egressId)
  await miss(pulsesMissedMax - 1)
  expect((await filming(id)).state).toBe('live')
  await miss(1)
  const problem = 'What sent it did not answer any more.'
  expect(await filming(id)).toMatchObject({ state: 'waiting', problem, attempts: 1 })
  expect(await output()).toMatchObject({ state: 'live', attempts: 1 })
  const noted = await sql`
    select from output_runs where egress_id = ${dead.egressId} and ended_at is not null`
  expect(noted).toHaveLength(1)
  bench.pass(againAfterMs)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live', attempts: 2 })
  const next = standIn.runs.findLast(isFilm)!
  expect(next.egressId).not.toBe(dead.egressId)
  // It was only away: now there are two.
  standIn.dead.clear()
  bench.pass(pulseEveryMs)
  await rounds()
  const { EGRESS_ACTIVE, EGRESS_COMPLETE } = EgressStatus
  expect([dead.status, next.status]).toEqual([EGRESS_COMPLETE, EGRESS_ACTIVE])
  const films = await sql`select from films where stream_id = ${id} and bytes > 0`
  expect(films).toHaveLength(1)
  standIn.dead.add(standIn.runs.findLast((one) => !isFilm(one))!.egressId)
  await miss(pulsesMissedMax)
  expect(await output()).toMatchObject({ state: 'waiting', problem })
  bench.pass(againAfterMs)
  await rounds()
  expect(await output()).toMatchObject({ state: 'live', problem: '' })
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})

test('[OUT-34] one that sees the room no more is ended with what it has, and begun anew', async () => {
  const id = await newLive()
  await rounds()
  const blind = standIn.runs.at(-1)!
  standIn.blind.add(blind.egressId)
  await miss(pulsesMissedMax)
  expect(blind.status).toBe(EgressStatus.EGRESS_COMPLETE)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'waiting', attempts: 1 })
  expect(await sql`select from films where stream_id = ${id} and bytes > 0`).toHaveLength(1)
  bench.pass(againAfterMs)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live', attempts: 2 })
  await end(id)
})

test('[OUT-34] what was given up is so for the next keeper, too, and takes no minutes until it answers', async () => {
  await sql`delete from output_runs`
  bench.settings.minutesADay = 60
  const id = await newLive()
  await rounds()
  const dead = standIn.runs.at(-1)!
  standIn.dead.add(dead.egressId)
  await miss(pulsesMissedMax)
  bench.pass(againAfterMs)
  await rounds()
  const next = standIn.runs.at(-1)!
  bench.pass(40 * 60_000)
  await rounds()
  const second = bench.newKeeper()
  const noted = () => sql`
    select ended_at from output_runs where egress_id = ${dead.egressId} and ended_at is not null`
  const before = await noted()
  for (let pulses = 0; pulses <= pulsesMissedMax + 1; pulses += 1) {
    await second.round()
    expect(await noted()).toEqual(before)
    bench.pass(pulseEveryMs)
  }
  expect(await filming(id)).toMatchObject({ state: 'live', refused: null })
  standIn.dead.clear()
  await second.round()
  await second.round()
  const { EGRESS_ACTIVE, EGRESS_COMPLETE } = EgressStatus
  expect([dead.status, next.status]).toEqual([EGRESS_COMPLETE, EGRESS_ACTIVE])
  expect(await filming(id)).toMatchObject({ state: 'live', refused: null })
  bench.settings.minutesADay = 0
  await forgetRuns(sql, bench.world.now() + 3 * 24 * 60 * 60_000)
  expect(await noted()).toHaveLength(1)
  await end(id)
})

test('[OUT-34] one that does not stop is given up and begun anew, and told again to stop', async () => {
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  const id = await newLive({ film: false })
  await rounds()
  const deaf = standIn.runs.at(-1)!
  standIn.deaf.add(deaf.egressId)
  await call('PATCH', `${path}/${made.id}`, { key: 'ijkl-mnop' })
  await miss(pulsesMissedMax - 1)
  expect(standIn.runs.at(-1)).toBe(deaf)
  for (let missed = 0; missed < 2; missed += 1) {
    bench.pass(pulseEveryMs)
    await rounds()
  }
  expect(standIn.orders.at(-1)?.streamOutputs[0]?.urls).toEqual([`${site.address}/ijkl-mnop`])
  expect(await output()).toMatchObject({ state: 'live' })
  standIn.deaf.clear()
  bench.pass(pulseEveryMs)
  await rounds()
  expect(deaf.status).toBe(EgressStatus.EGRESS_COMPLETE)
  expect(await output()).toMatchObject({ state: 'live' })
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
})

test('[OUT-34] while LiveKit is away nothing is known to be dead', async () => {
  let answer: () => Promise<RunPulse> = () => Promise.resolve('none')
  const running = () => Promise.resolve([{ id: 'EG_a', state: 'starting' } as EgressRun])
  const egress = { ...bench.egress, running, pulse: () => answer() }
  const watch = runWatch({ sql, egress, log: quietLog })
  const about = { channelId: bench.channelId, isSound: false, isFilmed: null }
  const stream = { id: bench.channelId, isLive: true, endedAt: null, ...about }
  let now = 0
  const deadAfter = async (asked: number) => {
    for (let count = 0; count < asked; count += 1) {
      now += pulseEveryMs
      await watch.runsOf(stream, now)
    }
    return [...(await watch.runsOf(stream, now)).dead]
  }
  expect(await deadAfter(pulsesMissedMax)).toEqual([])
  answer = () => Promise.reject(new EgressAway('away'))
  expect(await deadAfter(pulsesMissedMax)).toEqual([])
  answer = () => Promise.resolve('well')
  expect(await deadAfter(1)).toEqual([])
  answer = () => Promise.resolve('none')
  expect(await deadAfter(pulsesMissedMax)).toEqual(['EG_a'])
})
