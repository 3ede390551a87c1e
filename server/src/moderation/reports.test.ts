// Reports over HTTP: taken from the archive, once each, never about oneself, bounded.
import { expect, test, vi } from 'vitest'
import { deskLimits } from './protocol.ts'
import { moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call, database } = bench
const { sql } = database
const house = await bench.house('reported')

type Asker = Parameters<typeof call>[2]
const report = (as: Asker, targetType: string, targetId: string, more: object = {}) =>
  call('POST', '/reports', as, { targetType, targetId, reason: 'harassment', ...more })
const lineIn = { streamId: house.streamId }
const flagged = () => sql`select excerpt, text, status, is_automatic from flags order by id`

test('[FLG-02] the text of a reported line comes from the archive, never from the reporter', async () => {
  const [viewer, author] = [await bench.person('reporter'), await bench.person('author')]
  await bench.say(house.streamId, 1, author, 'what was really said')
  const { status, body } = await report(viewer, 'message', 'm1', { ...lineIn, text: 'He shouted.' })
  expect([status, body]).toEqual([201, { id: expect.any(String) }])
  expect(await flagged()).toEqual([
    {
      excerpt: 'what was really said',
      text: 'He shouted.',
      status: 'pending',
      is_automatic: false,
    },
  ])
  expect((await report(viewer, 'message', 'm1', lineIn)).body.error.code).toBe('already_reported')
  expect((await report(author, 'message', 'm1', lineIn)).body.error.code).toBe('not_yourself')
  const excerpt = { ...lineIn, excerpt: 'made up' }
  expect((await report(author, 'message', 'm1', excerpt)).body.error.code).toBe('invalid')
})

test('[FLG-02] what is not there, or was taken out, cannot be reported', async () => {
  const viewer = await bench.person('seeker')
  const missing = '01900000-0000-7000-8000-000000000000'
  for (const [type, id, more] of [
    ['message', 'm1', {}],
    ['message', 'nothing', lineIn],
    ['message', 'm1', { streamId: missing }],
    ['user', missing, {}],
    ['user', 'not-an-id', {}],
    ['stream', missing, {}],
    ['content', missing, {}],
  ] as const) {
    expect((await report(viewer, type, id, more)).body.error.code, type).toBe('not_found')
  }
  const author = await bench.person('redacted')
  await bench.say(house.streamId, 9, author, '')
  expect((await report(viewer, 'message', 'm9', lineIn)).body.error.code).toBe('not_found')
})

test('[FLG-03] people, streams and pages can be reported, by guests too', async () => {
  const [guest, other] = [await bench.guest('Passing by'), await bench.person('rude')]
  expect((await report(guest, 'user', other.userId, lineIn)).status).toBe(201)
  expect((await report(guest, 'stream', house.streamId)).status).toBe(201)
  expect((await report(guest, 'content', house.channelId)).status).toBe(201)
  expect((await report(house.host, 'stream', house.streamId)).body.error.code).toBe('not_yourself')
  expect((await report(undefined, 'user', other.userId)).status).toBe(401)
  // The crew of a channel judges people who came to it, not its own host.
  const channels = await sql`
    select type, channel_id from flags where reporter_id = ${guest.userId} order by id`
  expect(channels).toEqual([
    { type: 'user', channel_id: house.channelId },
    { type: 'stream', channel_id: null },
    { type: 'content', channel_id: null },
  ])
})

test('[FLG-03] reports of one person are bounded, also when they come at once', async () => {
  const busy = await bench.person('busy')
  const targets = await Promise.all(
    Array.from({ length: 4 }, (_, n) => bench.person(`target_${n}`)),
  )
  const { reportsPerDayMax } = deskLimits
  await sql`
    insert into flags (id, created_at, reporter_id, is_automatic, type, target_id, reason)
    select gen_random_uuid(), now(), ${busy.userId}, false, 'user', n::text, 'spam'
    from generate_series(1, ${reportsPerDayMax - 1}) n`
  const replies = await Promise.all(targets.map(({ userId }) => report(busy, 'user', userId)))
  const statuses = replies.map(({ status }) => status).sort((a, b) => a - b)
  expect(statuses).toEqual([201, 429, 429, 429])
})

test('[FLG-07] who is sanctioned reads why and until when, and appeals once', async () => {
  const viewer = await bench.person('sorry_one')
  const { body: made } = await call('POST', '/channels/reported/sanctions', house.moderator, {
    userId: viewer.userId,
    kind: 'ban',
    reason: 'Spam.',
  })
  const { body } = await call('GET', '/me/sanctions', viewer)
  expect(body.sanctions).toMatchObject([
    { id: made.id, kind: 'ban', reason: 'Spam.', by: 'moderator', mayAppeal: true, stands: true },
  ])
  expect(JSON.stringify(body)).not.toContain(house.moderator.userId)
  const appeal = (as: Asker, text = 'It was a mistake, I am sorry.') =>
    call('POST', `/me/sanctions/${made.id}/appeal`, as, { text })
  expect((await appeal(viewer, 'short')).body.error.code).toBe('invalid')
  expect((await appeal(house.host)).body.error.code).toBe('not_found')
  const both = await Promise.all([appeal(viewer), appeal(viewer)])
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409])
  const own = await call('GET', '/me/sanctions', viewer)
  expect(own.body.sanctions[0]).toMatchObject({ mayAppeal: false, appeal: { status: 'open' } })
})

test('[FLG-08] an appeal is decided by somebody other than who sanctioned, while there is one', async () => {
  const queue = (as: Asker) => call('GET', '/moderation/appeals?channel=reported', as)
  const { appeals } = (await queue(house.moderator)).body
  expect(appeals).toMatchObject([{ text: expect.any(String), mayDecide: false }])
  const decide = (as: Asker, decision = 'lift') =>
    call('POST', `/moderation/appeals/${appeals[0].id}`, as, { decision, note: 'Fair enough.' })
  expect((await decide(house.moderator)).body.error.code).toBe('own_decision')
  expect((await decide(await bench.person('stranger'))).body.error.code).toBe('not_found')
  const replies = await Promise.all([decide(house.host), decide(house.host, 'uphold')])
  expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409])
  await vi.waitFor(() =>
    expect(bench.notices).toContainEqual(
      expect.objectContaining({ kind: 'appeal_decided', text: 'Fair enough.' }),
    ),
  )
})

test('[FLG-08] a host alone decides about the own sanction', async () => {
  const alone = await bench.house('lonely')
  await sql`delete from channel_moderators where channel_id = ${alone.channelId}`
  const viewer = await bench.person('lonely_viewer')
  const { userId } = viewer
  const made = await call('POST', '/channels/lonely/sanctions', alone.host, {
    userId,
    kind: 'timeout',
    seconds: 600,
  })
  const path = `/me/sanctions/${made.body.id}/appeal`
  await call('POST', path, viewer, { text: 'Please look at it again.' })
  const { appeals } = (await call('GET', '/moderation/appeals?channel=lonely', alone.host)).body
  expect(appeals[0].mayDecide).toBe(true)
  const lift = { decision: 'lift' }
  expect(
    (await call('POST', `/moderation/appeals/${appeals[0].id}`, alone.host, lift)).status,
  ).toBe(204)
  const { sanctions } = (await call('GET', '/me/sanctions', viewer)).body
  expect(sanctions[0]).toMatchObject({ stands: false, appeal: { status: 'lifted' } })
})
