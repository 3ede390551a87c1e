import { expect, test } from 'vitest'
import { engagementLimits } from './engagement.ts'
import { someNumbers, streamsApp } from './testing.ts'

const app = await streamsApp()
const minute = 60_000
const reactionsByKind = { heart: 0, fire: 0, laugh: 0, clap: 0, wow: 0, cry: 0 }

async function liveStream(name: string) {
  const host = await app.person(name)
  const json = { title: 'Over time' }
  const { body } = await app.call('POST', '/v1/streams', { json, as: host })
  const startedAt = app.now()
  await app.streams.start(body.id, startedAt)
  return { host, id: body.id as string, channelId: body.channel.id as string, startedAt }
}

const numbers = (more: Partial<typeof someNumbers>) => ({
  ...someNumbers,
  reactionsByKind,
  messages: 0,
  reactions: 0,
  watchMinutes: 0,
  joinsPerMinute: [],
  ...more,
})

const read = (id: string, as?: { userId: string }) =>
  app.call('GET', `/v1/streams/${id}/engagement`, as && { as })

test('[ADM-01] each checkpoint adds a minute, the end the last one, and it stays', async () => {
  const { host, id, startedAt } = await liveStream('over_time')
  app.pass(minute)
  const first = numbers({ messages: 10, reactions: 4, watchMinutes: 3, joinsPerMinute: [5] })
  await app.streams.checkpoint(id, first)
  app.pass(minute)
  const second = numbers({ messages: 25, reactions: 4, watchMinutes: 9, joinsPerMinute: [5, 2] })
  await app.streams.checkpoint(id, second)
  const live = await read(id, host)
  expect(live.status).toBe(200)
  const expected = [
    { at: startedAt, viewers: 3, messages: 10, reactions: 4, joins: 5 },
    { at: startedAt + minute, viewers: 6, messages: 15, reactions: 0, joins: 2 },
  ]
  expect(live.body.points).toMatchObject(
    expected.map(({ viewers, ...rest }) => ({ ...rest, viewers: expect.closeTo(viewers, 0) })),
  )
  app.pass(minute)
  await app.streams.end(id, app.now(), { ...second, messages: 30, watchMinutes: 10 })
  const { body } = await read(id, host)
  expect(body.points).toHaveLength(3)
  expect(body.points[2]).toMatchObject({ messages: 5, viewers: expect.closeTo(1, 0), joins: 0 })
})

test('[ADM-01] shorter spans of one minute are put together, and numbers never run backwards', async () => {
  const { host, id } = await liveStream('restarts')
  for (const messages of [3, 5, 1]) {
    app.pass(10_000)
    await app.streams.checkpoint(id, numbers({ messages }))
  }
  const { body } = await read(id, host)
  expect(body.points).toHaveLength(1)
  expect(body.points[0]).toMatchObject({ messages: 5 })
})

test('[ADM-01] two at once count once', async () => {
  const { host, id } = await liveStream('racing')
  app.pass(minute)
  const same = numbers({ messages: 7 })
  await Promise.all([1, 2, 3].map(() => app.streams.checkpoint(id, same)))
  const { body } = await read(id, host)
  const said = body.points.reduce((sum: number, point: { messages: number }) => {
    return sum + point.messages
  }, 0)
  expect(said).toBe(7)
})

test('[ADM-01] moderators see it; viewers, guests and strangers do not', async () => {
  const { host, id, channelId } = await liveStream('private_numbers')
  const [moderator, viewer] = [await app.person('helper_mod'), await app.person('curious')]
  await app.database.sql`
    insert into channel_moderators (channel_id, user_id, granted_by, granted_at)
    values (${channelId}, ${moderator.userId}, ${host.userId}, now())`
  expect((await read(id, moderator)).status).toBe(200)
  expect(await read(id, viewer)).toMatchObject({
    status: 403,
    body: { error: { code: 'not_crew' } },
  })
  expect((await read(id)).status).toBe(401)
  expect((await read(id, await app.guest('Guest'))).body.error.code).toBe('account_required')
  expect((await read('0193f1d0-0000-7000-8000-000000000000', host)).status).toBe(404)
})

test('[ADM-01] a stream of days comes in few points, and only the last week of it is kept', async () => {
  const { host, id } = await liveStream('for_days')
  await app.database.sql`
    insert into stream_engagement select ${id}, minute, 60000, 120000, 1, 0, 0
    from generate_series(0, ${engagementLimits.minutesMax}) minute`
  const { body } = await read(id, host)
  expect(body.points.length).toBeLessThanOrEqual(engagementLimits.pointsMax)
  expect(body.points[0]).toMatchObject({ viewers: 2, messages: expect.any(Number) })
  app.pass((engagementLimits.minutesMax + 5) * minute)
  await app.streams.checkpoint(id, numbers({}))
  app.pass(minute)
  await app.streams.checkpoint(id, numbers({}))
  const [{ count }] = (await app.database.sql<{ count: number }>`
    select count(*)::int from stream_engagement where stream_id = ${id}`) as [{ count: number }]
  expect(count).toBeLessThanOrEqual(engagementLimits.minutesMax)
})
