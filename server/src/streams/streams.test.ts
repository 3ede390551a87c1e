/** Streams: the ways they move, who may enter their rooms, and what is left of them. */
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { block } from '../platform/testing/people.ts'
import { Refused } from '../platform/http/refusal.ts'
import { streamLimits } from './protocol.ts'
import { someNumbers, streamsApp } from './testing.ts'

const app = await streamsApp()
const { streams, database } = app
const unknown = v7()

async function newStream(host: { userId: string }, title = 'A stream') {
  const made = await streams.create(host.userId, { title })
  if (made instanceof Refused) throw new Error(made.code)
  return made
}

test('[CHN-01] a stream moves from pending to live to ended, and no other way', async () => {
  const host = await app.person('mover')
  const { id } = await newStream(host)
  const phase = async () => (await streams.find(id))?.phase
  expect(await streams.end(id, 10, someNumbers)).toBeNull()
  expect(await phase()).toBe('pending')
  expect(await streams.start(id, 1_000)).toBe(true)
  expect(await streams.start(id, 2_000)).toBe(false)
  expect(await phase()).toBe('live')
  expect(await streams.end(id, 91_000, someNumbers)).toEqual({
    ...someNumbers,
    newFollows: 0,
    coins: 0,
  })
  expect(await streams.end(id, 99_000, { ...someNumbers, messages: 999 })).toBeNull()
  expect(await streams.start(id, 99_000)).toBe(false)
  expect(await streams.find(id)).toMatchObject({
    phase: 'ended',
    startedAt: 1_000,
    endedAt: 91_000,
    hostId: host.userId,
    channel: 'mover',
  })
  expect(await streams.numbers(id)).toEqual({ ...someNumbers, newFollows: 0, coins: 0 })
  expect(await streams.start(unknown, 1)).toBe(false)
  expect(await streams.find(unknown)).toBeNull()
  expect(await streams.find('no-id')).toBeNull()
})

test('[CHN-02] of many who start or end a stream at once, one succeeds', async () => {
  const { id } = await newStream(await app.person('racer'))
  const started = await Promise.all(Array.from({ length: 12 }, (_, n) => streams.start(id, n + 1)))
  expect(started.filter(Boolean)).toHaveLength(1)
  const ended = await Promise.all(
    Array.from({ length: 12 }, (_, n) => streams.end(id, 100 + n, { ...someNumbers, messages: n })),
  )
  expect(ended.filter(Boolean)).toHaveLength(1)
  expect((await streams.numbers(id))?.messages).toBe(ended.findIndex(Boolean))
})

test('[CHN-03] a channel has at most one live stream, however close the race', async () => {
  const host = await app.person('single')
  const made = await Promise.all([1, 2, 3, 4].map((n) => newStream(host, `Stream ${n}`)))
  const started = await Promise.all(made.map((stream) => streams.start(stream.id, 1)))
  expect(started.filter(Boolean)).toHaveLength(1)
  const live = made[started.indexOf(true)]
  await streams.end(live?.id as string, 2, someNumbers)
  const other = made[started.indexOf(false)]
  expect(await streams.start(other?.id as string, 3)).toBe(true)
})

test('[CHN-04] the role of a person in a room, or why they may not enter', async () => {
  const host = await app.person('hostess')
  const { id } = await newStream(host)
  const blocked = await app.person('blocked_one')
  await block(database, host, blocked)
  const mod = await app.person('some_mod', { platformRole: 'moderator' })
  const admin = await app.person('some_adm', { platformRole: 'admin' })
  await block(database, host, mod)
  const own = await app.person('own_mod')
  await database.sql`
    insert into channel_moderators (channel_id, user_id, granted_at)
    select channel_id, ${own.userId}, now() from streams where id = ${id}`
  const banned = await app.person('banned_one', { isSuspended: true })
  const cases = [
    [host, { role: 'host' }],
    [mod, { role: 'moderator' }],
    [admin, { role: 'moderator' }],
    [own, { role: 'moderator', standing: { isVip: false, sanction: null } }],
    [await app.person('just_anna'), { role: 'viewer' }],
    [await app.guest('Guest 7'), { role: 'viewer' }],
    [blocked, { refused: 'blocked' }],
    [banned, { refused: 'banned' }],
    // A token that outlived its account, and one that claims more than the account is.
    [{ ...host, userId: unknown }, { refused: 'banned' }],
    [{ ...blocked, platformRole: 'admin' as const }, { refused: 'blocked' }],
  ] as const
  for (const [person, admission] of cases) {
    expect(await streams.admit(id, person), person.name).toMatchObject(admission)
  }
  expect(await streams.admit(unknown, host)).toEqual({ refused: 'not_found' })
  expect(await streams.admit('live_nonsense', host)).toEqual({ refused: 'not_found' })
})

test('[CHN-04] a host who is suspended may not enter the own room', async () => {
  const host = await app.person('fallen_host')
  const { id } = await newStream(host)
  await database.sql`update users set suspended_at = now() where id = ${host.userId}`
  expect(await streams.admit(id, host)).toEqual({ refused: 'banned' })
})

test('[CHN-05] numbers are saved while live, kept at the end and added to the channel', async () => {
  const host = await app.person('counted')
  for (const viewersPeak of [7, 5]) {
    const { id } = await newStream(host)
    await streams.checkpoint(id, someNumbers)
    expect(await streams.numbers(id)).toBeNull()
    await streams.start(id, 1_000)
    await streams.checkpoint(id, { ...someNumbers, messages: 1 })
    expect((await streams.numbers(id))?.messages).toBe(1)
    await streams.end(id, 91_000, { ...someNumbers, viewersPeak })
    await streams.checkpoint(id, { ...someNumbers, messages: 2 })
    expect((await streams.numbers(id))?.messages).toBe(someNumbers.messages)
  }
  expect((await app.channels.byHandle('counted'))?.statistics).toEqual({
    streams: 2,
    liveMs: 180_000,
    viewersPeak: 7,
  })
})

test('[CHN-06] a live stream that no room has run for long ends with its last numbers', async () => {
  const [left, running] = await Promise.all([
    newStream(await app.person('crashed')),
    newStream(await app.person('running')),
  ])
  const now = Date.now()
  await streams.start(left.id, now)
  await streams.start(running.id, now)
  await streams.checkpoint(left.id, someNumbers)
  app.pass(streamLimits.abandonedAfterMs + 1_000)
  await streams.checkpoint(running.id, someNumbers)
  await streams.endAbandoned()
  expect(await streams.find(left.id)).toMatchObject({ phase: 'ended' })
  expect(await streams.numbers(left.id)).toEqual({ ...someNumbers, newFollows: 0, coins: 0 })
  expect(await streams.find(running.id)).toMatchObject({ phase: 'live' })
})

test('[CHN-07] a channel keeps few streams that were never started; the oldest make room', async () => {
  const host = await app.person('planner')
  const made = []
  for (let n = 0; n < streamLimits.pendingMax + 2; n += 1)
    made.push(await newStream(host, `Plan ${n}`))
  const { streams: left } = await streams.page({ channel: 'planner', limit: 100 })
  expect(left.map((stream) => stream.title)).toEqual(
    made
      .slice(2)
      .toReversed()
      .map((stream) => stream.title),
  )
})
