/** Films and what sends on that end of themselves, or never come to be. */
import { EgressStatus } from '@livekit/protocol'
import { expect, test } from 'vitest'
import { outputLimits } from './protocol.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, keeper, call, newLive, end } = bench
const { sql } = database
const path = '/channels/ann/destinations'
const rounds = async () => {
  for (let count = 0; count < 3; count += 1) await keeper.round()
}
const filming = async (id: string) => (await call('GET', `/streams/${id}/films`)).body.filming
const output = async () => (await call('GET', path)).body.destinations[0]?.output

test('[OUT-35] what ends by a limit of the service or with the room begins again and spends no try', async () => {
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', path, site)
  const id = await newLive()
  await rounds()
  for (const how of ['limit', 'left'] as const) {
    for (let times = 0; times < outputLimits.attemptsMax; times += 1) {
      standIn.close(how)
      await rounds()
    }
    const goesOn = { state: 'live', attempts: 1, problem: '' }
    expect(await filming(id)).toMatchObject(goesOn)
    expect(await output()).toMatchObject(goesOn)
  }
  await call('DELETE', `${path}/${made.id}`)
  await end(id)
  const films = await sql`select from films where stream_id = ${id} and bytes > 0`
  expect(films).toHaveLength(2 * outputLimits.attemptsMax + 1)
})

test('[OUT-35] what was stopped before its first picture has not failed', async () => {
  standIn.isDark = true
  const id = await newLive()
  await rounds()
  expect((await filming(id)).state).toBe('starting')
  await end(id)
  standIn.isDark = false
  expect(standIn.runs.at(-1)?.status).toBe(EgressStatus.EGRESS_ABORTED)
  expect(await filming(id)).toMatchObject({ state: 'ended', problem: '' })
})

test('[OUT-35] a program that does not come up has failed, though LiveKit says that it is not there', async () => {
  standIn.isStuck = true
  const id = await newLive()
  await rounds()
  const failed = { state: 'waiting', attempts: 1, problem: 'egress not found' }
  standIn.isStuck = false
  expect(await filming(id)).toMatchObject(failed)
  bench.pass(outputLimits.againAfterMs)
  await rounds()
  expect(await filming(id)).toMatchObject({ state: 'live', attempts: 2 })
  await end(id)
})
