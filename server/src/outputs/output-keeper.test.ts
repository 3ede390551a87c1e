/** Streams side by side: one for which LiveKit takes its time, and the others. */
import { expect, test, vi } from 'vitest'
import { rowsOf } from './output-rows.ts'
import { outputLimits } from './protocol.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, keeper, ann, bob, cia, livesOf, channels, settings } = bench
const patience = { timeout: 25_000, interval: 50 }

test('[OUT-36] a start that LiveKit does not answer yet holds up no other stream, and holds its place', async () => {
  for (const { userId } of [bob, cia]) await channels.ensure(userId)
  settings.runsMax = 2
  let open = () => undefined as void
  standIn.gate = new Promise((resolve) => {
    open = resolve
  })
  const stateOf = async (id: string) => {
    const [row] = await database.sql<{ state: string; refused: string | null }>`
      select state, refused from stream_outputs where stream_id = ${id}`
    return row?.refused ?? row?.state
  }
  const becomes = (id: string, state: string) =>
    vi.waitFor(async () => {
      keeper.wake()
      expect(await stateOf(id)).toBe(state)
    }, patience)
  const asked = () => standIn.asked.filter((name) => name.endsWith('StartRoomCompositeEgress'))
  const slow = await livesOf(ann.userId, keeper).newLive()
  const over = keeper.keep()
  await vi.waitFor(() => expect(asked()).toHaveLength(1), patience)
  standIn.gate = Promise.resolve()
  const other = await livesOf(bob.userId, keeper).newLive()
  await becomes(other, 'live')
  const third = await livesOf(cia.userId, keeper).newLive()
  await becomes(third, 'no_room')
  expect(await stateOf(slow)).toBeUndefined()
  open()
  await becomes(slow, 'live')
  await over()
  settings.runsMax = 0
  for (const id of [slow, other, third]) await livesOf(ann.userId, keeper).end(id)
})

test('[OUT-32] what becomes of a start is timed from when LiveKit said so', async () => {
  const startMs = 20_000
  const starts = () => standIn.asked.filter((name) => name.endsWith('StartRoomCompositeEgress'))
  const { noRoomAgainMs, againAfterMs } = outputLimits
  const live = await livesOf(ann.userId, keeper).newLive()
  const startSlowly = async () => {
    let open = () => undefined as void
    standIn.gate = new Promise((resolve) => {
      open = resolve
    })
    const before = starts().length
    const done = keeper.round()
    await vi.waitFor(() => expect(starts()).toHaveLength(before + 1), patience)
    bench.pass(startMs)
    const saidAt = bench.world.now()
    open()
    await done
    const row = (await rowsOf(database.sql, live))[0]!
    expect(row.changedAt).toBeGreaterThanOrEqual(saidAt)
    return row.nextAt && row.nextAt - saidAt
  }
  standIn.isFull = true
  expect(await startSlowly()).toBeGreaterThanOrEqual(noRoomAgainMs)
  standIn.isFull = false
  standIn.isBroken = true
  bench.pass(noRoomAgainMs + startMs)
  expect(await startSlowly()).toBeGreaterThanOrEqual(againAfterMs)
  standIn.isBroken = false
  bench.pass(againAfterMs + startMs)
  expect(await startSlowly()).toBeNull()
  await livesOf(ann.userId, keeper).end(live)
})
