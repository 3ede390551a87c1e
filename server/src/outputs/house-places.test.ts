/** Places in the house while LiveKit takes its time: counted once, in whichever round. */
import { expect, test, vi } from 'vitest'
import { firstStream, outputStreams, rowsOf } from './output-rows.ts'
import { outputLimits } from './protocol.ts'
import { outputBench } from './testing/output-bench.ts'
import { standInEgress } from './testing/stand-in-egress.ts'

const standIn = await standInEgress()
const bench = await outputBench(standIn)
const { database, keeper, egress, ann, bob, livesOf, channels, settings, call } = bench
const { sql } = database
const patience = { timeout: 25_000, interval: 20 }

await channels.ensure(bob.userId)
const bobs = livesOf(bob.userId, keeper)
const anns = livesOf(ann.userId, keeper)

const gated = () => {
  let open = () => undefined as void
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return { gate, open: () => open() }
}
const stateOf = async (id: string) => {
  const film = (await rowsOf(sql, id)).find(({ kind }) => kind === 'film')
  return film?.refused ?? film?.state
}

test('[OUT-32] whoever looked for long finds no place that another round has taken', async () => {
  const { gate, open } = gated()
  const one = await anns.newLive()
  let isLooking = false
  const running = async (room: string) => {
    if (room.includes(one)) {
      isLooking = true
      await gate
    }
    return await egress.running(room)
  }
  const slow = bench.newKeeper({ running })
  settings.runsMax = 1
  const first = slow.round()
  await vi.waitFor(() => expect(isLooking).toBe(true), patience)
  const other = await bobs.newLive()
  await slow.round()
  expect(await stateOf(other)).toBe('starting')
  open()
  await first
  expect(await stateOf(one)).toBe('no_room')
  settings.runsMax = 0
  await anns.end(one)
  await bobs.end(other)
})

test('[OUT-32] what is written down holds one place, whatever else of its stream is waited for', async () => {
  const { gate, open } = gated()
  const site = { name: 'YouTube', address: 'rtmps://yt.example/live2', key: 'abcd-efgh' }
  const { body: made } = await call('POST', '/channels/ann/destinations', site)
  const startStreams: typeof egress.startStreams = async (...asked) => {
    await gate
    return await egress.startStreams(...asked)
  }
  const slow = bench.newKeeper({ startStreams })
  settings.runsMax = 3
  const one = await anns.newLive()
  const first = slow.round()
  await vi.waitFor(async () => expect(await stateOf(one)).toBe('starting'), patience)
  const other = await bobs.newLive()
  await slow.round()
  expect(await stateOf(other)).toBe('starting')
  open()
  await first
  settings.runsMax = 0
  await call('DELETE', `/channels/ann/destinations/${made.id}`)
  await anns.end(one)
  await bobs.end(other)
})

test('[OUT-36] so many streams are settled at the same time at most', async () => {
  const { gate, open } = gated()
  let going = 0
  const running = async () => {
    going += 1
    await gate
    return []
  }
  const { settlingMax, streamsAtOnceMax } = outputLimits
  const pages = settlingMax / streamsAtOnceMax
  const at = new Date(bench.world.now())
  await sql`
    insert into streams (id, channel_id, host_id, title, phase, started_at, ended_at, created_at)
    select gen_random_uuid(), ${bench.channelId}, ${ann.userId}, 'Over', 'ended', ${at}, ${at},
      ${at} from generate_series(1, ${2 * settlingMax}::int)`
  await sql`
    insert into stream_outputs (stream_id, target, kind, state, changed_at)
    select id, id, 'film', 'waiting', ${at} from streams where title = 'Over'`
  const slow = bench.newKeeper({ running })
  const rounds: Promise<void>[] = []
  for (let page = 1; page <= pages; page += 1) {
    rounds.push(slow.round())
    await vi.waitFor(() => expect(going).toBe(page * streamsAtOnceMax), patience)
  }
  rounds.push(slow.round())
  // More often than the round does that waits.
  for (let look = 0; look < 5 * pages; look += 1) {
    await outputStreams(sql, { films: true, after: firstStream })
  }
  expect(going).toBe(settlingMax)
  open()
  await Promise.all(rounds)
  expect(going).toBeGreaterThan(settlingMax)
})
