/** Following over HTTP: who may, what is counted, what rooms and followers learn. */
import { expect, test } from 'vitest'
import { block } from '../platform/testing/people.ts'
import { someNumbers, streamsApp } from '../streams/testing.ts'
import { announceLive } from './announce-live.ts'
import { channelDesk } from './channel-desk.ts'
import { channelLimits } from './protocol.ts'

const app = await streamsApp()
const { call, database } = app

async function owner(username: string) {
  const person = await app.person(username)
  const channel = await app.channels.ensure(person.userId)
  return { ...person, channelId: channel?.id as string }
}
const follow = (handle: string, as?: { userId: string }) =>
  call('POST', `/v1/channels/${handle}/follow`, { ...(as && { as }) })
const unfollow = (handle: string, as: { userId: string }) =>
  call('DELETE', `/v1/channels/${handle}/follow`, { as })
const seen = async (handle: string, as?: { userId: string }) =>
  (await call('GET', `/v1/channels/${handle}`, { ...(as && { as }) })).body
const desk = channelDesk({ database, follows: app.channels.follows })

test('[FOL-01] a follow shows on the channel, with its time, until it is given up', async () => {
  const { channelId } = await owner('first_ch')
  const anna = await app.person('fol_anna')
  const { status, body } = await follow('First_CH', anna)
  expect(status).toBe(200)
  expect(body).toEqual({ isFollowing: true, followedAt: expect.any(Number), followers: 1 })
  expect(await seen('first_ch', anna)).toMatchObject(body)
  expect(await seen('first_ch')).toMatchObject({
    isFollowing: false,
    followedAt: null,
    followers: 1,
  })
  app.pass(5_000)
  expect((await follow('first_ch', anna)).body).toEqual(body)
  expect(await desk.followedAt(channelId, anna.userId)).toBe(body.followedAt)
  const gone = { isFollowing: false, followedAt: null, followers: 0 }
  expect((await unfollow('first_ch', anna)).body).toEqual(gone)
  expect((await unfollow('first_ch', anna)).body).toEqual(gone)
  expect(await seen('first_ch', anna)).toMatchObject(gone)
})

test('[FOL-02] following again starts the age anew', async () => {
  await owner('again_ch')
  const anna = await app.person('again_anna')
  const { body: first } = await follow('again_ch', anna)
  app.pass(60_000)
  await unfollow('again_ch', anna)
  const { body: second } = await follow('again_ch', anna)
  expect(second.followedAt).toBeGreaterThanOrEqual(first.followedAt + 60_000)
})

test('[FOL-03] accounts follow; guests, strangers, owners and the blocked do not', async () => {
  const host = await owner('strict_ch')
  const blocked = await app.person('fol_blocked')
  await block(database, host, blocked)
  expect((await follow('strict_ch')).status).toBe(401)
  expect((await follow('strict_ch', await app.guest('G'))).body.error.code).toBe('account_required')
  expect((await follow('strict_ch', host)).body.error.code).toBe('own_channel')
  expect((await follow('strict_ch', blocked)).body.error.code).toBe('blocked')
  expect((await follow('no_such_ch', host)).body.error.code).toBe('not_found')
  expect((await unfollow('no_such_ch', host)).body.error.code).toBe('not_found')
  expect((await seen('strict_ch')).followers).toBe(0)
})

test('[FOL-04] the count is that of the followers, however they come and go at once', async () => {
  const { channelId } = await owner('busy_ch')
  const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => app.person(`crowd_${n}`)))
  await Promise.all(
    crowd.flatMap((person, n) => [
      follow('busy_ch', person),
      follow('busy_ch', person),
      ...(n % 3 === 0 ? [unfollow('busy_ch', person), follow('busy_ch', person)] : []),
      ...(n % 4 === 0 ? [unfollow('busy_ch', person)] : []),
    ]),
  )
  const [row] = await database.sql<{ count: string }>`
    select count(*) from follows where channel_id = ${channelId}`
  expect((await seen('busy_ch')).followers).toBe(Number(row?.count))
  await database.sql`delete from users where username like 'crowd_1%'`
  const [left] = await database.sql<{ count: string; followers: number }>`
    select count(*), (select followers from channels where id = ${channelId}) from follows
    where channel_id = ${channelId}`
  expect(left?.followers).toBe(Number(left?.count))
})

test('[FOL-05] whoever is blocked by the owner follows no longer, however close the race', async () => {
  const host = await owner('block_ch')
  const people = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => app.person(`racing_${n}`)))
  await Promise.all(
    people.flatMap((person) => [follow('block_ch', person), block(database, host, person)]),
  )
  const left = await database.sql`select from follows where channel_id = ${host.channelId}`
  expect(left).toEqual([])
  app.channels.forget(host.channelId)
  expect((await seen('block_ch')).followers).toBe(0)
})

test('[FOL-06] nobody follows more than there may be', async () => {
  await owner('one_more')
  const eager = await app.person('eager')
  await database.sql`
    insert into users (id, kind, username, name, created_at)
    select gen_random_uuid(), 'account', 'many_' || n, 'm', now()
    from generate_series(1, ${channelLimits.followingMax}) n`
  await database.sql`
    insert into channels (id, owner_id, handle, name, created_at, updated_at)
    select gen_random_uuid(), id, username, name, now(), now() from users
    where username like 'many\\_%'`
  await database.sql`
    insert into follows (channel_id, user_id, followed_at)
    select id, ${eager.userId}, now() from channels where handle like 'many\\_%'`
  expect((await follow('one_more', eager)).body.error.code).toBe('too_many_follows')
  expect((await follow('many_1', eager)).status).toBe(200)
  await unfollow('many_1', eager)
  expect((await follow('one_more', eager)).status).toBe(200)
})

test('[FOL-07] one sees whom one follows: live ones first, then the newest, page by page', async () => {
  const fan = await app.person('fan')
  for (const name of ['fa', 'fb', 'fc', 'fd']) {
    await owner(`${name}_ch`)
    app.pass(1_000)
    await follow(`${name}_ch`, fan)
  }
  const host = { userId: (await seen('fb_ch')).ownerId }
  const { body: stream } = await call('POST', '/v1/streams', { json: { title: 'On' }, as: host })
  await app.streams.start(stream.id, Date.now())
  const page = async (query: string) =>
    (await call('GET', `/v1/me/following${query}`, { as: fan })).body.channels as {
      handle: string
      followedAt: number
      liveStreamId: string | null
    }[]
  const handles = (list: { handle: string }[]) => list.map((one) => one.handle)
  const all = await page('')
  expect(handles(all)).toEqual(['fb_ch', 'fd_ch', 'fc_ch', 'fa_ch'])
  expect(all[0]?.liveStreamId).toBe(stream.id)
  const first = await page('?limit=1')
  expect(handles(first)).toEqual(['fb_ch', 'fd_ch'])
  expect(handles(await page(`?before=${first.at(-1)?.followedAt}`))).toEqual(['fc_ch', 'fa_ch'])
  expect((await call('GET', '/v1/me/following')).status).toBe(401)
  const guest = await app.guest('Looker')
  const refused = await call('GET', '/v1/me/following', { as: guest })
  expect(refused.body.error.code).toBe('account_required')
})

test('[FOL-08] follows that begin while a stream is live are counted into its numbers', async () => {
  const host = await owner('grow_ch')
  const [before, during, fickle] = await Promise.all(
    ['grow_a', 'grow_b', 'grow_c'].map((name) => app.person(name)),
  )
  await follow('grow_ch', before)
  app.pass(1_000)
  const { body: stream } = await call('POST', '/v1/streams', { json: { title: 'On' }, as: host })
  await app.streams.start(stream.id, app.now())
  app.pass(1_000)
  await follow('grow_ch', during)
  await follow('grow_ch', fickle)
  await unfollow('grow_ch', fickle as { userId: string })
  await app.streams.end(stream.id, app.now(), someNumbers)
  const past = await call('GET', '/v1/channels/Grow_CH/streams')
  expect(past.body.streams[0].numbers).toEqual({ ...someNumbers, newFollows: 1, coins: 0 })
})

test('[FOL-09] open rooms of the channel learn of a follow and of its end', async () => {
  const { channelId } = await owner('told_ch')
  const anna = await app.person('told_anna')
  app.refreshed.length = 0
  await follow('told_ch', anna)
  await unfollow('told_ch', anna)
  const line = `${anna.userId} in ${channelId}`
  expect(app.refreshed).toEqual([line, line])
})

test('[FOL-10] followers are told that a stream began, once in a while, each once', async () => {
  const host = await owner('loud_ch')
  const people = await Promise.all([1, 2, 3].map((n) => app.person(`listener_${n}`)))
  for (const person of people) await follow('loud_ch', person)
  await database.sql`
    update users set suspended_at = now() where id = ${people[2]?.userId}`
  await block(database, people[1] as never, host)
  const goLive = async () => {
    const { body } = await call('POST', '/v1/streams', { json: { title: 'Hear me' }, as: host })
    await app.streams.start(body.id, app.now())
    // The start tells them by itself; asking for it again and again changes nothing.
    const told = { database, world: app, notifyAll: app.notices.notifyAll }
    await Promise.all([announceLive(told, body.id), announceLive(told, body.id)])
    await app.streams.end(body.id, app.now(), someNumbers)
    return body.id as string
  }
  const of = async (userId = '') => (await app.notices.page(userId, { limit: 10 })).notices
  const streamId = await goLive()
  await goLive()
  await expect.poll(() => of(people[0]?.userId)).toHaveLength(1)
  expect(await of(people[0]?.userId)).toMatchObject([
    {
      kind: 'went_live',
      text: 'Hear me',
      path: `/live/${streamId}`,
      channel: { handle: 'loud_ch' },
    },
  ])
  expect(await of(people[1]?.userId)).toEqual([])
  expect(await of(people[2]?.userId)).toEqual([])
  app.pass(channelLimits.toldEveryMs)
  await goLive()
  await expect.poll(() => of(people[0]?.userId)).toHaveLength(2)
})
