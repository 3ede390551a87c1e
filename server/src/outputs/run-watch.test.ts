/** Programs that died without a word: LiveKit goes on saying that they run. */
import { type EgressInfo, EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { EgressAway, type EgressRun, type RunPulse } from './egress.ts'
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

test('[OUT-34] while LiveKit is away nothing is known to be dead', async () => {
  let answer: () => Promise<RunPulse> = () => Promise.resolve('none')
  const running = () => Promise.resolve([{ id: 'EG_a', state: 'starting' } as EgressRun])
  const egress = { ...bench.egress, running, pulse: () => answer() }
  const watch = runWatch({ egress, log: quietLog })
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
